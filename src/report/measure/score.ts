import type { ScoreResult } from '../../results/gate-schema.ts'
import type { MeasureResult } from '../../results/measure-schema.ts'
import type { PromiseOutcome } from './promise.ts'

/** How a score looks; one that is below is a warning, not a failure. */
export const scoreLooks: Readonly<
  Record<ScoreResult['state'], { readonly sign: string; readonly outcome: PromiseOutcome }>
> = {
  good: { sign: '✓', outcome: 'kept' },
  below: { sign: '!', outcome: 'open' },
  unknown: { sign: '?', outcome: 'open' },
}

/** What readers are told of scores: those below in full, the others counted; nothing of it gates. */
export function scoreRemarks(measure: MeasureResult | null): string[] {
  const scores = measure?.scores ?? []
  const below = scores.filter(({ state }) => state === 'below')
  const others = (['good', 'unknown'] as const).flatMap((state) => {
    const count = scores.filter((score) => score.state === state).length
    return count === 0 ? [] : [`${count} ${state}`]
  })
  return [
    ...below.map(({ sentence }) => `warning, not gating: ${sentence}`),
    ...(others.length === 0 ? [] : [`scores, not gating: ${others.join(', ')}`]),
  ]
}

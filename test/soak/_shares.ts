import { expect } from 'vitest'
import type { Fault, FaultTarget } from '../../src/contract/fault.ts'
import { upstreamKinds } from '../../src/contract/upstream-kind.ts'
import { PlanInjector } from '../../src/faults/plan-injector.ts'
import { clopperPearson } from '../../src/statistics/clopper-pearson.ts'
import type { UpstreamCall } from '../../src/wire/interference.ts'
import type { Seam } from '../../src/wire/seam.ts'
import { callOf } from '../faults/_call.ts'

/** Of each share that is measured. */
export const draws = 100_000

/** Of the 99.9 % interval. */
const alpha = 0.001

const never = Number.POSITIVE_INFINITY

/** A target, and the seam at which its calls are made. */
export interface Aim {
  readonly target: FaultTarget
  readonly seam: Seam
}

/** Every kind of upstream, at every seam where there is one of the kind; by its name, and as one of all. */
export const aims: readonly Aim[] = upstreamKinds.flatMap((kind) =>
  seamsOf(kind).flatMap((seam) => ['*', `the_${kind}`].map((name) => ({ target: { kind, name }, seam }))),
)

function seamsOf(kind: FaultTarget['kind']): readonly Seam[] {
  if (kind === 'model') return ['http']
  const seams = ['http', 'function', 'synchronous function'] as const
  if (kind === 'mcp') return [...seams, 'pipe']
  return kind === 'store' ? [...seams, 'file'] : seams
}

export const inWords = ({ target: { kind, name }, seam }: Aim): string => `${kind} ${name} at the seam ${seam}`

/** One call of an aim, made at a virtual time. */
export function callAt({ target: { kind, name }, seam }: Aim, call: number): UpstreamCall {
  return callOf(kind, call, call, name === '*' ? `some_${kind}` : name, seam)
}

/** How often each fault of a plan is delivered over some calls; what may miss finds what it looks for. */
export function deliveriesOver(
  faults: readonly Fault[],
  calls: number,
  callOfOrdinal: (ordinal: number) => UpstreamCall,
  seed: string,
): readonly number[] {
  const injector = new PlanInjector({ faults: [...faults] }, seed, never)
  for (let ordinal = 0; ordinal < calls; ordinal++) {
    for (const { tookHold } of injector.interfere(callOfOrdinal(ordinal))) tookHold?.()
  }
  return injector.deliveries
}

/** A share that was promised, and how often what has it was seen in so many draws. */
export interface Comparison {
  readonly what: string
  readonly share: number
  readonly seen: number
}

/**
 * The comparisons of one file, each with the 99.9 % interval of its own.
 *
 * Of a thousand shares that are right, one lies outside its interval by luck. So what is outside is drawn once more,
 * all of it, from another seed that is fixed as well: luck is outside both times once in a million, while a share that
 * is wrong is outside again. No interval is widened for the number of comparisons. How many are drawn again is
 * itself bounded, for more of them than luck has would be a sign of something wrong that is small.
 */
export class Comparisons {
  #count = 0
  readonly #drawnAgain: string[] = []

  /** @param draw makes the draws of some comparisons from a seed */
  expect(draw: (seed: string) => readonly Comparison[]): void {
    const first = draw('shares')
    this.#count += first.length
    const outside = first.flatMap((one, index) => (isWithin(one) ? [] : [{ ...one, index }]))
    if (outside.length === 0) return
    const again = draw('shares, drawn again')
    for (const { what, index, seen } of outside) {
      this.#drawnAgain.push(`${what}: ${seen}`)
      const second = again[index]
      expect([what, seen, second?.seen, second !== undefined && isWithin(second)]).toEqual([
        what,
        seen,
        second?.seen,
        true,
      ])
    }
  }

  /** Says how many there were, and bounds those that were drawn again: three times as many as luck has, and four more. */
  conclude(): string {
    expect(this.#drawnAgain.length, this.#drawnAgain.join('\n')).toBeLessThanOrEqual(4 + this.#count * alpha * 3)
    const again = this.#drawnAgain.map((line) => `\n  drawn again: ${line}`).join('')
    return `${this.#count} comparisons of ${draws} draws each; ${this.#drawnAgain.length} drawn again${again}`
  }
}

function isWithin({ share, seen }: Comparison): boolean {
  const [lower, upper] = clopperPearson(seen, draws, alpha)
  return lower <= share && share <= upper
}

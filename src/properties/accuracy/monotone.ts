import { defineProperty } from '../define-property.ts'
import { inSeconds } from '../virtual-time.ts'
import { declaredAccuracy } from './declared-accuracy.ts'

interface Best {
  readonly rank: number
  readonly source: string
  readonly value: number
  readonly id: string
}
interface State {
  /** The place of each source in the fallback chain. */
  readonly ranks: ReadonlyMap<string, number>
  /** The lowest and the highest that each source declared without evidence. */
  readonly lowest: Map<string, Best>
  readonly highest: Map<string, Best>
}

/** A5: without evidence that says otherwise, a later source of the chain is not declared better than an earlier one. */
export const accuracyMonotone = defineProperty<State>({
  id: 'A5',
  name: 'accuracy.monotone',
  kind: 'safety',
  statement:
    'Within a trial, no answer of a later source of the fallback chain is declared more accurate than an answer of an earlier source, unless it shows evidence.',
  applies: 'where the profile declares `accuracy` and `fallback`.',
  outlivesProcess: true,
  start: ({ profile }) =>
    profile.accuracy === undefined || profile.fallback === undefined
      ? null
      : {
          ranks: new Map(profile.fallback.chain.map(({ source }, rank) => [source, rank])),
          lowest: new Map(),
          highest: new Map(),
        },
  on: {
    'task.ended': (state, { outcome, id, at }, judge) => {
      const declared = declaredAccuracy(outcome)
      const source = outcome.claims?.source
      const rank = source === undefined ? undefined : state.ranks.get(source)
      if (declared === null || source === undefined || rank === undefined) return
      const one: Best = { rank, source, value: declared.value ?? 0, id }
      const earlier = [...state.lowest.values()].filter((other) => other.rank < rank)
      const later = [...state.highest.values()].filter((other) => other.rank > rank)
      if (earlier.length + later.length > 0) judge.trigger()
      const hasEvidence = declared.evidence !== null
      const below = hasEvidence ? undefined : earlier.find(({ value }) => value < one.value)
      const above = later.find(({ value }) => value > one.value)
      if (below) judge.violate({ sentence: sentence(one, below, at), at, calls: [] })
      else if (above) judge.violate({ sentence: sentence(above, one, at), at, calls: [] })
      note(state, one, hasEvidence)
    },
  },
})

function note({ lowest, highest }: State, one: Best, hasEvidence: boolean): void {
  if (one.value < (lowest.get(one.source)?.value ?? Number.POSITIVE_INFINITY)) lowest.set(one.source, one)
  if (!hasEvidence && one.value > (highest.get(one.source)?.value ?? -1)) highest.set(one.source, one)
}

function sentence(better: Best, worse: Best, at: number): string {
  return `at ${inSeconds(at)} the answer of ${better.source} to task "${better.id}" stands declared as ${better.value} without evidence, above the ${worse.value} of ${worse.source}, which comes before it in the chain`
}

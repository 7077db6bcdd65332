import { noSource } from '../task/answered.ts'
import type { AgentOutcome } from '../task/outcome.ts'

/**
 * The outcome of a task that several have worked on, one after another: of the last, with the effects and refusals of
 * all. It makes claims where all of them do: what one does not tell, nobody can vouch for.
 *
 * @param source what the answer is said to come from, which is not the primary
 */
export function jointOutcome(last: AgentOutcome, before: readonly AgentOutcome[], source: string): AgentOutcome {
  const { claims: own, ...outcome } = last
  const all = [...before, last].flatMap(({ claims }) => claims ?? [])
  if (all.length <= before.length) return outcome
  const isAnswered = outcome.answer !== null
  return {
    ...outcome,
    claims: {
      ...own,
      source: isAnswered ? source : noSource,
      degraded: isAnswered,
      effects: [...new Set(all.flatMap(({ effects }) => effects))],
      refusals: all.flatMap(({ refusals }) => refusals),
    },
  }
}

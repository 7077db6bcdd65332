import { z } from 'zod'
import { parseInput } from '../../contract/parse.ts'

/** What an agent may expect of one of its upstreams, as plain data. */
export const dependencySloSchema = z.strictObject({
  /** Name of the upstream, e.g. `openai`. */
  upstream: z.string().min(1),
  /** Share of its calls that shall be answered well, above 0 and up to 1. */
  availability: z.number().gt(0).max(1),
})

export type DependencySlo = z.output<typeof dependencySloSchema>

/**
 * The availability that the agent's provider, or another upstream, has promised.
 *
 * It has a budget of its own. Under a condition in which it overspends that budget, tasks that failed because of it alone
 * do not spend the agent's: they are excluded from the budget of task success, and shown.
 *
 * @param slo the availability is a share above 0 and up to 1, e.g. `0.999`
 * @throws {ShakedownError} of kind `usage` for a share outside of that, or no name
 */
export function dependencySlo(slo: DependencySlo): DependencySlo {
  return parseInput(
    dependencySloSchema,
    slo,
    'dependencySlo',
    'give { upstream, availability }, the availability as a share such as 0.999',
  )
}

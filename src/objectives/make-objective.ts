import { parseInput } from '../contract/parse.ts'
import { type Objective, objectiveSchema } from './objective-schema.ts'

/** Where an objective holds: under the named condition of the measure alone. */
export interface Under {
  readonly under?: string | undefined
}

/**
 * Checks an objective and completes it.
 *
 * @throws {ShakedownError} of kind `usage` naming the field and its value
 */
export function made(objective: Readonly<Record<string, unknown>>, { under }: Under): Objective {
  return parseInput(
    objectiveSchema,
    { ...objective, under: under ?? null },
    `objective "${String(objective['measure'])}"`,
    'give a share from 0 to 1, a number of calls or whole milliseconds',
  )
}

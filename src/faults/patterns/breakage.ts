import type { Fault } from '../../contract/fault.ts'
import type { JsonObject } from '../../contract/json.ts'

/** What breaks in a pattern: a member of the catalogue with its parameters. */
export interface Breakage {
  readonly id: string
  readonly parameters?: JsonObject
}

/** Nobody listens: a failure in no provider's words, after which nothing has been done. */
export const refused: Breakage = { id: 'net.refused' }

/** One fault of a pattern. */
export function broken({ id, parameters = {} }: Breakage, target: Fault['target'], trigger: Fault['trigger']): Fault {
  return { id, target, trigger, parameters }
}

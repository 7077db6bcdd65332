import type { Fault, FaultTarget, Trigger } from '../../contract/fault.ts'
import type { JsonObject } from '../../contract/json.ts'

/** One fault on every call of a target, as plain data. */
export function every(
  id: string,
  target: FaultTarget,
  parameters: JsonObject,
  trigger: Trigger = { on: 'every', n: 1 },
): Fault {
  return { id, target, trigger, parameters }
}

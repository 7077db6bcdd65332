import * as fc from 'fast-check'
import type { Fault, FaultTarget } from '../../contract/fault.ts'
import type { JsonObject } from '../../contract/json.ts'
import { catalogueMember } from '../catalogue.ts'
import { triggerArbitrary } from './trigger.ts'

/**
 * Generates one catalogue member aimed at a target, with every trigger.
 *
 * @param parameters generates parameters in place of the member's own arbitrary
 */
export function memberArbitrary(
  id: string,
  target: FaultTarget,
  parameters: fc.Arbitrary<JsonObject> = catalogueMember(id).arbitrary,
): fc.Arbitrary<Fault> {
  return fc.record({ id: fc.constant(id), target: fc.constant(target), trigger: triggerArbitrary, parameters })
}

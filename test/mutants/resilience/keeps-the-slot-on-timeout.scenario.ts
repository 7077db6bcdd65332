import { TimeoutError } from '../../../src/agent/errors/timeout-error.ts'
import { resilienceMutant } from '../mutant.ts'

/** Loses a slot of its bulkhead with each call that times out. */
export default resilienceMutant('does not return its slot on a timeout', {
  returnsSlot: (error) => !(error instanceof TimeoutError),
})

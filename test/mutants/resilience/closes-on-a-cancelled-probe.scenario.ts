import { defaultParts } from '../../../src/agent/agent-parts.ts'
import { classifyModelError } from '../../../src/agent/errors/error-class.ts'
import { resilienceMutant } from '../mutant.ts'

/** Believes that a call which nobody waited for any longer went well. */
export default resilienceMutant('closes on a cancelled probe', {
  classifyCall: (error) => (classifyModelError(error) === 'cancelled' ? 'success' : defaultParts.classifyCall(error)),
})

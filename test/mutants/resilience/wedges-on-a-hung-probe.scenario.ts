import { TimeoutError } from '../../../src/agent/errors/timeout-error.ts'
import { resilienceMutant } from '../mutant.ts'

/** Never learns of a probe that timed out, and waits for it for ever. */
export default resilienceMutant('wedges on a hung probe', {
  returnsPermit: (error, admitted) => admitted.state !== 'half-open' || !(error instanceof TimeoutError),
})

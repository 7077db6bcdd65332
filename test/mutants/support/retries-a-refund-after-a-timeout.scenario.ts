import { defaultParts } from '../../../src/agent/agent-parts.ts'
import { TimeoutError } from '../../../src/agent/errors/timeout-error.ts'
import { mutant } from '../mutant.ts'

/** Takes silence for failure: the refund may have been issued, and it issues another. */
export default mutant('retries a refund after a timeout', {
  toolRetry: (error, tool) =>
    (tool.name === 'issue_refund' && error instanceof TimeoutError) || defaultParts.toolRetry(error, tool),
})

import { BadRequestError } from 'openai'
import { defaultParts } from '../../../src/agent/agent-parts.ts'
import { mutant } from '../mutant.ts'

/** Hopes that a request which was refused as wrong is right the second time. */
export default mutant('retries a 400', {
  isRetryable: (error) => error instanceof BadRequestError || defaultParts.isRetryable(error),
})

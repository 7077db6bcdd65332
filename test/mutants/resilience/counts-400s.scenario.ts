import { BadRequestError } from 'openai'
import { defaultParts } from '../../../src/agent/agent-parts.ts'
import { resilienceMutant } from '../mutant.ts'

/** Blames the service for its own mistakes. */
export default resilienceMutant('counts 400s as failures', {
  classifyCall: (error) => (error instanceof BadRequestError ? 'failure' : defaultParts.classifyCall(error)),
})

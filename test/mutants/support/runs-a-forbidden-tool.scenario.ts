import { defaultParts } from '../../../src/agent/agent-parts.ts'
import { mutant } from '../mutant.ts'

/** Trusts that a tool which is not offered is not asked for. */
export default mutant('runs a forbidden tool', {
  guard: (call, policy, userInput) => defaultParts.guard(call, { ...policy, forbidden: [] }, userInput),
})

import { mutant } from '../mutant.ts'

/** Backs off by its own law alone, whatever the server asks for. */
export default mutant('ignores Retry-After', { retryAfter: () => null })

import { resilienceMutant } from '../mutant.ts'

/** Gives kept answers however old they are. */
export default resilienceMutant('gives answers that are stale beyond its limit', { isFresh: () => true })

import { resilienceMutant } from '../mutant.ts'

/** Has a breaker that counts and never acts. */
export default resilienceMutant('never opens its breaker', { tripRule: () => () => false })

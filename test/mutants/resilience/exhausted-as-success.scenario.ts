import { resilienceMutant } from '../mutant.ts'

/** Calls it an answer when no source had any. */
export default resilienceMutant('reports an exhausted chain as success', { exhaustedStop: () => 'end_turn' })

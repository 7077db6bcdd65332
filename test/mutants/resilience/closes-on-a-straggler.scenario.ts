import { resilienceMutant } from '../mutant.ts'

/** Takes the end of a call from before the trip for the end of its probe. */
export default resilienceMutant('closes half-open on a straggler', {
  isStraggler: (admitted, now) => now.state !== 'half-open' && admitted.epoch !== now.epoch,
})

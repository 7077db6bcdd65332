import { resilienceMutant } from '../mutant.ts'

/** Loses patience with half of the shortest cooldown left. */
export default resilienceMutant('sends during the cooldown', {
  isCoolingDown: (nowMs, untilMs) => nowMs < untilMs - 5_000,
})

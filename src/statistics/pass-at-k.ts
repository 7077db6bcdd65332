import { passHatK } from './pass-hat-k.ts'
import { requireDraw } from './require-draw.ts'

/**
 * pass@k of one task: the chance that at least one of k of its trials, drawn without replacement, is a success.
 *
 * 1 − C(n − s, k) / C(n, k). To be used where somebody picks the best of k, and never as a measure of reliability: it
 * rises with k where pass^k falls. Source: Chen et al. 2021, "Evaluating large language models trained on code".
 *
 * @param successes whole, 0 to `trials`
 * @param k whole, 1 to `trials`
 * @throws a usage error where k trials cannot be drawn
 */
export function passAtK(successes: number, trials: number, k: number): number {
  requireDraw(successes, trials, k)
  return 1 - passHatK(trials - successes, trials, k)
}

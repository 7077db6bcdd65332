import { requireDraw } from './require-draw.ts'

/**
 * pass^k of one task: the chance that k of its trials, drawn without replacement, are all successes.
 *
 * C(s, k) / C(n, k), the unbiased estimate of pᵏ. To be used where a customer meets the agent again and again: it tells
 * an agent that always solves some tasks from one that sometimes solves all. Source: tau-bench (Yao et al. 2024), whose
 * figure is the mean of this over tasks.
 *
 * @param successes whole, 0 to `trials`
 * @param k whole, 1 to `trials`
 * @throws a usage error where k trials cannot be drawn
 */
export function passHatK(successes: number, trials: number, k: number): number {
  requireDraw(successes, trials, k)
  return allOf(successes, trials, k)
}

/** C(count, k) / C(trials, k), factor by factor: no binomial coefficient to overflow. */
function allOf(count: number, trials: number, k: number): number {
  if (count < k) return 0
  // The same quotient with fewer factors: C(count, k) / C(trials, k) = C(trials − k, others) / C(trials, others).
  const others = trials - count
  let product = 1
  if (others < k) for (let i = 0; i < others; i++) product *= (trials - k - i) / (trials - i)
  else for (let i = 0; i < k; i++) product *= (count - i) / (trials - i)
  return product
}

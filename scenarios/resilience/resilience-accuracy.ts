import type { DeclaredAccuracy } from '../../src/agent/task/claims.ts'

/** The two-sided 95 % Clopper–Pearson interval of 400 right answers in 400 graded ones. */
const ofFourHundred: [number, number] = [0.9908, 1]

/**
 * What the agent says of the accuracy of its answers, by source.
 *
 * An answer of the primary from the rules of the house, given now or kept, was right in each of 400 graded questions.
 * Nothing supports a number for the other sources, nor for what tools have brought.
 */
export const resilienceAccuracy: Readonly<Record<string, DeclaredAccuracy>> = {
  primary: evidenced('primary'),
  cache: evidenced('cache'),
  simplified: 'unknown',
  template: 'unknown',
  emergency: 'unknown',
  safe_mode: 'unknown',
}

function evidenced(stratum: string): DeclaredAccuracy {
  return {
    value: 0.991,
    method: 'graded questions at the desk on ordinary days',
    trials: 400,
    successes: 400,
    interval: ofFourHundred,
    stratum,
  }
}

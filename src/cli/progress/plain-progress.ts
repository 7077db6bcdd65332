import type { Progress } from '../../runner/run-plan.ts'
import { grouped, quantity } from '../../results/quantity.ts'

/** Progress as lines without any control codes: at the start and end of a scenario and at each quarter between. */
export function plainProgress(write: (line: string) => void): Progress {
  let quarters = 0
  /** Whether one more quarter has been reached since the last time. */
  const isNewQuarter = (done: number, of: number): boolean => {
    const reached = Math.floor((done / of) * 4)
    const isNew = reached !== quarters
    quarters = reached
    return isNew
  }
  return {
    unresolved: (name, sentence) => write(`${name}: ${sentence}.`),
    scenarioStarted(name, trials) {
      quarters = 0
      write(`${name}: ${quantity(trials, 'trial')}`)
    },
    faultFreeDone(name, failures) {
      write(`${name}: without faults ${failures === 0 ? 'every task is solved' : quantity(failures, 'failure')}`)
    },
    trialsDone(name, done, of, violated) {
      if (isNewQuarter(done, of)) write(`${name}: ${trialsOf(done, of)}${violatedWords(violated)}`)
    },
    shrinking: (name, property) => write(`${name}: looking for the smallest cause of ${property}`),
    scenarioDone: () => (quarters = 0),
    measured(name, done, of) {
      if (isNewQuarter(done, of)) write(`${name}: ${trialsOf(done, of)} measured`)
    },
    decided: (name, trials, most) => write(decidedWords(name, trials, most)),
  }
}

/** How far a search is, e.g. `1,200 of 2,000 trials`. */
export function trialsOf(done: number, of: number): string {
  return `${grouped(done)} of ${quantity(of, 'trial')}`
}

/** Why a measure ended early, in words. */
export function decidedWords(name: string, trials: number, most: number): string {
  return `${name}: everything is decided after ${grouped(trials)} of at most ${quantity(most, 'trial')} under each condition`
}

/** What has been violated so far, in words. */
export function violatedWords(violated: readonly string[]): string {
  return violated.length === 0 ? '' : `, violated: ${violated.join(', ')}`
}

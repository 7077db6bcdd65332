import { visibleLine } from '../../report/visible-text.ts'
import { grouped, quantity } from '../../results/quantity.ts'
import { startHeartbeat } from './heartbeat.ts'
import type { ProgressClock } from './progress-clock.ts'
import type { RunProgress } from './run-progress.ts'
import { trackRun } from './track-run.ts'

/**
 * Progress as lines without any control codes: at the start and end of a scenario, at each quarter between, and after
 * half a minute of silence.
 */
export function plainProgress(write: (line: string) => void, clock: ProgressClock): RunProgress {
  const run = trackRun(clock)
  const heartbeat = startHeartbeat(run, clock, write)
  const say = (sentence: string): void => {
    write(visibleLine(sentence))
    heartbeat.said()
  }
  let quarters = 0
  /** Whether one more quarter has been reached since the last time. */
  const isNewQuarter = (done: number, of: number): boolean => {
    const reached = Math.floor((done / of) * 4)
    const isNew = reached !== quarters
    quarters = reached
    return isNew
  }
  let measured = 0
  let planned = 0
  return {
    unresolved: (name, sentence) => say(`${name}: ${sentence}.`),
    scenarioStarted(name, trials) {
      run.progress.scenarioStarted(name, trials)
      quarters = 0
      if (trials > 0) say(`${name}: ${quantity(trials, 'trial')}`)
    },
    faultFreeDone(name, failures) {
      run.progress.faultFreeDone(name, failures)
      say(`${name}: without faults ${failures === 0 ? 'every task is solved' : quantity(failures, 'failure')}`)
    },
    trialsDone(name, done, of, violated) {
      run.progress.trialsDone(name, done, of, violated)
      const found = violated.length === 0 ? '' : `, violated: ${violated.join(', ')}`
      if (isNewQuarter(done, of)) say(`${name}: ${grouped(done)} of ${quantity(of, 'trial')}${found}`)
    },
    shrinking(name, property) {
      run.progress.shrinking(name, property)
      say(`${name}: looking for the smallest cause of ${property}`)
    },
    scenarioDone: (name) => run.progress.scenarioDone(name),
    measureStarted(name, parts) {
      run.progress.measureStarted(name, parts)
      quarters = 0
      measured = 0
      planned = parts.reduce((sum, { trials }) => sum + trials, 0)
    },
    measured(name, part, trials) {
      run.progress.measured(name, part, trials)
      measured += trials
      if (isNewQuarter(measured, planned)) {
        say(`${name}: ${grouped(measured)} of ${quantity(planned, 'trial')} measured`)
      }
    },
    decided(name, trials, most) {
      run.progress.decided(name, trials, most)
      say(`${name}: ${decidedWords(trials, most)}`)
    },
    [Symbol.dispose]: () => heartbeat[Symbol.dispose](),
  }
}

/** Why a measure ended early. */
function decidedWords(trials: number, most: number): string {
  return `everything is decided after ${grouped(trials)} of at most ${quantity(most, 'trial')} under each condition`
}

import type { Progress } from '../../runner/run-plan.ts'
import { quantity } from '../../results/quantity.ts'
import { visibleLine } from '../../report/visible-text.ts'
import { decidedWords, trialsOf, violatedWords } from './plain-progress.ts'

const eraseLine = '\r\u001b[2K'
const barLength = 16

/** Progress as one line that is written over; each scenario leaves a line behind. */
export function liveProgress(stream: Pick<NodeJS.WriteStream, 'write' | 'columns'>): Progress {
  // One column stays free: a terminal that is full to the last one may start a new line.
  const show = (text: string): void => void stream.write(eraseLine + cut(visibleLine(text), (stream.columns ?? 80) - 1))
  const leave = (text: string): void => void stream.write(`${eraseLine}${visibleLine(text)}\n`)
  let last = ''
  return {
    unresolved: (name, sentence) => leave(`${name}: ${sentence}.`),
    scenarioStarted: (name) => show(`${name}: without faults`),
    faultFreeDone(name, failures) {
      last = ''
      if (failures > 0) leave(`${name}: ${quantity(failures, 'failure')} without any fault`)
    },
    trialsDone(name, done, of, violated) {
      last = `${name}: ${quantity(done, 'trial')}${violatedWords(violated)}`
      show(`${bar(done, of)} ${trialsOf(done, of)}${violatedWords(violated)} · ${name}`)
    },
    shrinking: (name, property) => show(`looking for the smallest cause of ${property} · ${name}`),
    scenarioDone: () => (last === '' ? void stream.write(eraseLine) : leave(last)),
    measured(name, done, of) {
      if (done < of) show(`${bar(done, of)} ${trialsOf(done, of)} measured · ${name}`)
      else leave(`${name}: ${quantity(done, 'trial')} measured`)
    },
    decided: (name, trials, most) => leave(decidedWords(name, trials, most)),
  }
}

function bar(done: number, of: number): string {
  const filled = Math.round((done / of) * barLength)
  return '█'.repeat(filled) + '░'.repeat(barLength - filled)
}

function cut(text: string, columns: number): string {
  return text.length > columns ? `${text.slice(0, columns - 1)}…` : text
}

import type { Progress } from '../../runner/run-plan.ts'
import { violatedWords } from './plain-progress.ts'

const eraseLine = '\r\u001b[2K'
const barLength = 24

/** Progress as one line that is written over; each scenario leaves a line behind. */
export function liveProgress(stream: NodeJS.WriteStream): Progress {
  const show = (text: string): void => void stream.write(`${eraseLine}${text.slice(0, (stream.columns ?? 80) - 1)}`)
  let last = ''
  return {
    scenarioStarted: (name) => show(`${name}: without faults`),
    faultFreeDone(name, failures) {
      if (failures > 0) stream.write(`${eraseLine}${name}: ${failures} failures without any fault\n`)
    },
    trialsDone(name, done, of, violated) {
      const filled = Math.round((done / of) * barLength)
      const bar = '█'.repeat(filled) + '░'.repeat(barLength - filled)
      last = `${name}: ${done} trials${violatedWords(violated)}`
      show(`${bar} ${name}: ${done} of ${of} trials${violatedWords(violated)}`)
    },
    shrinking: (name, property) => show(`${name}: looking for the smallest cause of ${property}`),
    scenarioDone: () => void stream.write(`${eraseLine}${last}\n`),
  }
}

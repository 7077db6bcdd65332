import { quantity } from '../../results/quantity.ts'
import { painter } from '../../report/terminal/paint.ts'
import { wrapText } from '../../report/terminal/wrap-text.ts'
import { visibleLine } from '../../report/visible-text.ts'
import { type Screen, openLiveRegion, sizeOf } from './live-region.ts'
import { elapsedWords } from './pace.ts'
import { type ProgressClock, every } from './progress-clock.ts'
import { progressTable } from './progress-table.ts'
import type { RunProgress } from './run-progress.ts'
import { trackRun } from './track-run.ts'

/** Often enough to look alive, and seldom enough to cost nothing. */
const redrawMs = 200

/**
 * Progress as a table that is drawn over: a row for the search and for each part of the measure of the scenario that is
 * being run. Each scenario leaves its table behind.
 *
 * A scenario shows its table at once. What happens after that changes it, and only the clock draws it, so that many quick
 * blocks do not make it flicker.
 */
export function liveProgress(screen: Screen, clock: ProgressClock, colour: boolean): RunProgress {
  const run = trackRun(clock)
  const region = openLiveRegion(screen)
  const paint = painter(colour)
  const columns = (): number => sizeOf(screen).columns
  const table = (): string[] => {
    const scenario = run.scenario()
    return scenario === null ? [] : progressTable(scenario, columns(), paint)
  }
  const draw = (): void => region.show([...table(), `${elapsedWords(run.elapsedMs())} so far`])
  const drawing = every(clock, redrawMs, draw)
  const leaveTable = (): void => {
    const lines = table()
    if (lines.length > 0) region.leave(lines, [])
  }
  const say = (sentence: string): void => region.leave(wrapText(visibleLine(sentence), '', columns() - 1))
  let isOver = false
  return {
    ...run.progress,
    unresolved: (name, sentence) => say(`${name}: ${sentence}.`),
    scenarioStarted(name, trials) {
      leaveTable()
      run.progress.scenarioStarted(name, trials)
      draw()
    },
    faultFreeDone(name, failures) {
      run.progress.faultFreeDone(name, failures)
      if (failures > 0) say(`${name}: ${quantity(failures, 'failure')} without any fault`)
    },
    [Symbol.dispose]() {
      if (isOver) return
      isOver = true
      drawing[Symbol.dispose]()
      leaveTable()
      region[Symbol.dispose]()
    },
  }
}

import { visibleLine } from '../../report/visible-text.ts'
import { grouped, quantity } from '../../results/quantity.ts'
import { elapsedWords, timeLeftWords } from './pace.ts'
import { type ProgressClock, every } from './progress-clock.ts'
import type { ProgressRow, TrackedRun } from './track-run.ts'

/** CI services end a job that has been silent for some minutes; readers wonder sooner. */
const silenceMs = 30_000

/** Says how far a run is whenever nothing was said for half a minute. */
export interface Heartbeat extends Disposable {
  /** Told of each line that is written. */
  said(): void
}

export function startHeartbeat(run: TrackedRun, clock: ProgressClock, write: (line: string) => void): Heartbeat {
  const beat = (): Disposable => every(clock, silenceMs, () => write(visibleLine(howFar(run))))
  let beating = beat()
  return {
    said() {
      beating[Symbol.dispose]()
      beating = beat()
    },
    [Symbol.dispose]: () => beating[Symbol.dispose](),
  }
}

/** How far a run is, in one line: `tiny: 1,200 of 20,000 trials, 7 min left, 30 s so far`. */
function howFar(run: TrackedRun): string {
  const elapsed = `${elapsedWords(run.elapsedMs())} so far`
  const scenario = run.scenario()
  if (scenario === null) return `still running, ${elapsed}`
  const under = scenario.rows.filter(({ isOver, done }) => !isOver && done > 0)
  const told = under.length === 0 ? [scenario.doing] : [countOf(under), timeLeftWords(longest(under))]
  return `${scenario.name}: ${[...told, elapsed].filter((words) => words !== '').join(', ')}`
}

function countOf(rows: readonly ProgressRow[]): string {
  const sum = (count: (row: ProgressRow) => number): number => rows.reduce((total, row) => total + count(row), 0)
  const most = rows.some(({ isAtMost }) => isAtMost) ? 'at most ' : ''
  return `${grouped(sum(({ done }) => done))} of ${most}${quantity(
    sum(({ of }) => of),
    'trial',
  )}`
}

/** The rows share the processes, so the run is over with the last of them. */
function longest(rows: readonly ProgressRow[]): ProgressRow {
  const leftMs = ({ tookMs, done, of }: ProgressRow): number => ((tookMs ?? 0) / done) * (of - done)
  return rows.reduce((last, row) => (leftMs(row) > leftMs(last) ? row : last))
}

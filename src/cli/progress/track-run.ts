import type { Progress } from '../../runner/run-plan.ts'
import type { ProgressClock } from './progress-clock.ts'

/** Trials that are counted together: those of a search, or those of a measure under one condition. */
export interface ProgressRow {
  readonly label: string
  readonly done: number
  readonly of: number
  /** Whether fewer may be enough. */
  readonly isAtMost: boolean
  /** Real milliseconds from the first trial to the last one so far; null before the first. */
  readonly tookMs: number | null
  /** Real milliseconds since the last one so far, or since it could begin. */
  readonly sinceMs: number
  readonly isOver: boolean
  /** What was found so far; empty: nothing. */
  readonly violated: readonly string[]
  /** What happens beside or after its trials; empty: nothing. */
  readonly note: string
}

/** A scenario that is being run. */
export interface ProgressOfScenario {
  readonly name: string
  readonly rows: readonly ProgressRow[]
  /** What is going on where no trials are counted. */
  readonly doing: string
}

/** Follows a run, for whoever shows how far it is. */
export interface TrackedRun {
  readonly progress: Progress
  /** The scenario that is being run, as it stands now; null before the first. */
  scenario(): ProgressOfScenario | null
  /** Real milliseconds since the run began. */
  elapsedMs(): number
}

interface Row {
  readonly label: string
  readonly of: number
  readonly isAtMost: boolean
  readonly startedMs: number
  done: number
  reachedMs: number
  isOver: boolean
  violated: readonly string[]
  note: string
}

/** No other first row is called so: a measure begins with the condition without faults. */
const searchLabel = 'search'

/** Starts to follow a run. */
export function trackRun(clock: ProgressClock): TrackedRun {
  const beganMs = clock.monotonicMs()
  let name: string | null = null
  let doing = ''
  let rows: Row[] = []

  const begin = (label: string, of: number, isAtMost: boolean): void => {
    const nowMs = clock.monotonicMs()
    rows.push({
      ...{ label, of, isAtMost, startedMs: nowMs, reachedMs: nowMs },
      ...{ done: 0, isOver: false, violated: [], note: '' },
    })
  }
  const reach = (row: Row | undefined, done: number): void => {
    if (row === undefined) return
    row.done = done
    row.isOver = done >= row.of
    row.reachedMs = clock.monotonicMs()
  }
  const search = (): Row | undefined => rows[0]
  /** Rows of the measure: whatever follows the search, where there is one. */
  const parts = (): Row[] => rows.slice(rows[0]?.label === searchLabel ? 1 : 0)

  return {
    elapsedMs: () => clock.monotonicMs() - beganMs,
    scenario: () => (name === null ? null : { name, doing, rows: rows.map((row) => asSeen(row, clock.monotonicMs())) }),
    progress: {
      unresolved: () => {},
      scenarioStarted(started, trials) {
        name = started
        rows = []
        if (trials > 0) begin(searchLabel, trials, false)
        doing = 'running without faults'
      },
      faultFreeDone(_name, failures) {
        const [row] = rows
        rows = []
        // An agent that fails on a good day has nothing to search.
        if (failures > 0) name = null
        else if (row !== undefined) begin(row.label, row.of, row.isAtMost)
        doing = 'searching'
      },
      trialsDone(_name, done, _of, violated) {
        reach(search(), done)
        const row = search()
        if (row === undefined) return
        row.violated = violated
        if (row.isOver) row.note = doing = 'repeating trials alone'
      },
      shrinking(_name, property) {
        const row = search()
        doing = `looking for the smallest cause of ${property}`
        if (row !== undefined) row.note = doing
      },
      scenarioDone() {
        const row = search()
        doing = ''
        if (row !== undefined) row.note = ''
      },
      measureStarted(_name, planned) {
        doing = 'measuring'
        for (const part of planned) begin(part.name, part.trials, part.isAtMost)
      },
      measured(_name, part, trials) {
        const row = parts()[part]
        reach(row, (row?.done ?? 0) + trials)
      },
      decided() {
        for (const row of parts().filter(({ isAtMost }) => isAtMost)) {
          row.isOver = true
          row.note = 'everything is decided'
        }
      },
    },
  }
}

function asSeen({ startedMs, reachedMs, ...row }: Row, nowMs: number): ProgressRow {
  return { ...row, tookMs: row.done === 0 ? null : reachedMs - startedMs, sinceMs: nowMs - reachedMs }
}

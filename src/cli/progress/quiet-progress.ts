import { startHeartbeat } from './heartbeat.ts'
import type { ProgressClock } from './progress-clock.ts'
import type { RunProgress } from './run-progress.ts'
import { trackRun } from './track-run.ts'

/** Progress that says nothing but a line after each half minute, so that nobody takes a long run for a dead one. */
export function quietProgress(write: (line: string) => void, clock: ProgressClock): RunProgress {
  const run = trackRun(clock)
  const heartbeat = startHeartbeat(run, clock, write)
  return { ...run.progress, [Symbol.dispose]: () => heartbeat[Symbol.dispose]() }
}

import type { Progress } from '../../runner/run-plan.ts'

/** Progress that is shown until it is disposed of, which leaves the terminal as it was. */
export interface RunProgress extends Progress, Disposable {}

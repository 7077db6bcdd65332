import type { ScenarioBurnIn } from '../burn-in/summarise-burn-in.ts'
import type { Check } from './check.ts'

/** What `shakedown doctor` found, as its `--json` prints it. */
export interface DoctorReport {
  readonly format: 'shakedown-doctor'
  readonly version: 1
  /** Of every draw, those of the seeds of a burn-in included; null where no configuration could be read and none was given. */
  readonly seed: number | null
  readonly checks: readonly Check[]
  /** Null where none was asked for. */
  readonly burnIn: readonly ScenarioBurnIn[] | null
}

/** Whether there is anything that has to be mended. */
export function hasProblem({ checks }: Pick<DoctorReport, 'checks'>): boolean {
  return checks.some(({ state }) => state === 'problem')
}

import type { Fault } from '../../contract/fault.ts'
import type { Span } from '../sources/span.ts'
import { type Breakage, broken, refused } from './breakage.ts'

/** Which model endpoints take turns at being down, and when. */
export interface Failover {
  /** Name of the endpoint that is asked first. */
  readonly primary: string
  /** Name of the endpoint that stands in for it. */
  readonly backup: string
  readonly primaryDown: Span
  /** Default: as long as the primary was, beginning when that is back, so that whoever did not fail back is down. */
  readonly backupDown?: Span
  /** What calls meet meanwhile; default: a refused connection. */
  readonly with?: Breakage
}

/**
 * The primary goes down and comes back, and then the backup goes down: failing over is not enough, one has to fail back.
 */
export function failover({ primary, backup, primaryDown, ...more }: Failover): readonly Fault[] {
  const { fromMs, toMs } = primaryDown
  const { backupDown = { fromMs: toMs, toMs: toMs + (toMs - fromMs) }, with: breakage = refused } = more
  return [
    broken(breakage, { kind: 'model', name: primary }, { on: 'between', ...primaryDown }),
    broken(breakage, { kind: 'model', name: backup }, { on: 'between', ...backupDown }),
  ]
}

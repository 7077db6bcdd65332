import { usageError } from '../contract/errors.ts'
import { trackInFlight } from './in-flight.ts'
import { patchAbortSignal } from './patches/abort-signal.ts'
import { patchDate } from './patches/date.ts'
import { patchFetch } from './patches/fetch.ts'
import { patchInFlightSources } from './patches/in-flight-sources.ts'
import { patchMonotonicClocks } from './patches/monotonic-clocks.ts'
import { PatchSet } from './patches/patch-set.ts'
import { patchProcessControl } from './patches/process-control.ts'
import { patchRandomness } from './patches/randomness.ts'
import { patchNames } from './patches/names.ts'
import { patchSocketTimeouts } from './patches/socket-timeouts.ts'
import { patchSockets } from './patches/sockets.ts'
import { patchSqlite } from './patches/sqlite.ts'
import { patchTemporal } from './patches/temporal.ts'
import { patchTimers } from './patches/timers.ts'
import { patchTimersPromises } from './patches/timers-promises.ts'
import { patchUndiciDispatcher } from './patches/undici-dispatcher.ts'

/** What `installSimulation` has put in place. */
export interface Installation {
  /** Puts back every property exactly as it was. */
  restore(): void
}

let installed: Installation | undefined

/**
 * Replaces every source of time, randomness and network of this process by one that asks for the current world.
 *
 * Once a process, before user modules load, so that what they capture is already replaced; outside a world everything
 * behaves as before. A second call returns the first installation.
 *
 * @throws {ShakedownError} of kind `usage` where `NODE_ENV` is `production` and `allowProduction` is not set
 */
export function installSimulation(options: { readonly allowProduction?: boolean } = {}): Installation {
  if (installed !== undefined) return installed
  if (process.env['NODE_ENV'] === 'production' && options.allowProduction !== true) {
    throw usageError(
      'PRODUCTION',
      'NODE_ENV is "production", where Shakedown does not replace clocks, randomness and network of the process; run it with another NODE_ENV or pass --allow-production.',
    )
  }
  const patches = new PatchSet()
  const hook = trackInFlight()
  patchTimersPromises(patches)
  patchTimers(patches)
  patchDate(patches)
  patchTemporal(patches)
  patchMonotonicClocks(patches)
  patchAbortSignal(patches)
  patchRandomness(patches)
  patchFetch(patches)
  patchUndiciDispatcher(patches)
  patchSockets(patches)
  patchSocketTimeouts(patches)
  patchNames(patches)
  patchInFlightSources(patches)
  patchProcessControl(patches)
  patchSqlite(patches)
  patches.publish()
  installed = {
    restore() {
      hook.disable()
      patches.restore()
      installed = undefined
    },
  }
  return installed
}

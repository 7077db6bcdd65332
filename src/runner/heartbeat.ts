import { openSync, writeSync } from 'node:fs'

/** Shared with the watchdog thread: a count of event loop turns, and the silence that is allowed. */
export interface Heartbeat {
  readonly shared: Int32Array
  /** Called at each turn of the event loop. */
  readonly beat: () => void
  /** Sets the real milliseconds of silence after which user code counts as blocking; 0 while none runs. */
  readonly allow: (silenceMs: number) => void
}

export function createHeartbeat(): Heartbeat {
  const shared = new Int32Array(new SharedArrayBuffer(8))
  return {
    shared,
    beat: () => void Atomics.add(shared, 0, 1),
    allow: (silenceMs) => void Atomics.store(shared, 1, silenceMs),
  }
}

/**
 * Notes the running trial in a file, so that it is known when the process is lost.
 *
 * A file, because a message would be lost with the process; four bytes in place cost about a microsecond.
 */
export function openTrialNote(path: string): (trial: number) => void {
  const file = openSync(path, 'w')
  const note = new Int32Array(1)
  const bytes = new Uint8Array(note.buffer)
  return (trial) => {
    note[0] = trial
    writeSync(file, bytes, 0, 4, 0)
  }
}

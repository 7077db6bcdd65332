import { Worker } from 'node:worker_threads'
import type { Heartbeat } from './heartbeat.ts'
import { siblingModule } from './sibling-module.ts'

/** What the watchdog thread is told. */
export interface WatchdogOptions {
  readonly shared: Int32Array
  /** Where the stack of the blocked code is written, as JSON. */
  readonly stackPath: string
}

/**
 * Starts the thread that ends this process when user code blocks its event loop.
 *
 * A thread, because nothing on the main thread runs then; ending the process, because terminating execution in place
 * crashes Node.
 */
export function startWatchdog(heartbeat: Heartbeat, options: Omit<WatchdogOptions, 'shared'>): void {
  const workerData: WatchdogOptions = { shared: heartbeat.shared, ...options }
  const thread = new Worker(siblingModule('./watchdog-thread', import.meta.url), { workerData, env: process.env })
  thread.unref()
}

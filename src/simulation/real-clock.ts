const RealDate = Date

/**
 * Real time, for the few rooms that need it: the watchdog, live progress, the proxy.
 *
 * Captured when this module loads, before any patch, so that it is never virtual.
 */
export const realClock = {
  /** Milliseconds since the Unix epoch. */
  now: Date.now.bind(Date),
  /** Monotonic milliseconds, fractional. */
  monotonicMs: performance.now.bind(performance),
  setTimeout: globalThis.setTimeout,
  clearTimeout: globalThis.clearTimeout,
  setInterval: globalThis.setInterval,
  clearInterval: globalThis.clearInterval,
  setImmediate: globalThis.setImmediate,
  /** A time in ISO 8601, UTC. */
  isoTime: (epochMs: number): string => new RealDate(epochMs).toISOString(),
  /** Today as `YYYY-MM-DD` in UTC, for expiry dates. */
  today: (): string => new RealDate().toISOString().slice(0, 10),
} as const

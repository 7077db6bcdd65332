/** Every number that the agent is set up with and that its profile declares: said once, so that the two agree. */
export const wholeNumbers = {
  maxSteps: 8,
  backoff: { baseMs: 500, factor: 2, capMs: 8_000, jitter: 'equal' },
  retry: { maxAttempts: 3, retryAfterCapMs: 20_000, budget: { capacity: 20, perSuccess: 0.5 } },
  timeouts: {
    modelMs: 30_000,
    firstTokenMs: 25_000,
    idleMs: 10_000,
    toolMs: 8_000,
    stepMs: 70_000,
    taskMs: 100_000,
  },
  /** A cooldown shorter than a model attempt: calls that were let through before the trip end after it. */
  breaker: {
    consecutiveFailures: 3,
    cooldownMs: 10_000,
    cooldownGrowth: { factor: 2, capMs: 40_000 },
    probesAtOnce: 1,
    probesToClose: 1,
    probeTimeoutMs: 15_000,
  },
  /** Few enough that the customers of one trial fill them. */
  bulkhead: { maxConcurrent: 4, maxQueued: 4 },
  maxStaleMs: 60_000,
  /** A window that a talkative tool can fill. */
  windowTokens: 16_384,
  backupWindowTokens: 4_096,
  safeMode: { failedTasks: 4, message: 'Our desk is closed for a moment.', probeAfterMs: 20_000 },
} as const

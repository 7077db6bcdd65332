import { z } from 'zod'
import { parseOptions } from '../errors/parse-options.ts'
import { waitMs } from '../resilience/resilience-options.ts'
import { sleep } from '../resilience/sleep.ts'
import { healthCheckSchema } from './health-check.ts'
import type { HealthReport } from './health-report.ts'
import { HealthRounds } from './health-rounds.ts'
import { trendOf } from './health-trend.ts'
import type { HealthTrend } from './health-trend.ts'

const monitorSchema = z.strictObject({
  checks: z
    .array(healthCheckSchema)
    .min(1)
    .refine((checks) => new Set(checks.map(({ name }) => name)).size === checks.length, 'must have distinct names'),
  /** Reports kept; the oldest makes way. */
  historySize: z.int().min(1).default(1_000),
  /** Told of each report; what it throws changes nothing. */
  onReport: z.custom<(report: HealthReport) => void>((value) => typeof value === 'function').optional(),
})

const scheduleSchema = z.strictObject({ everyMs: waitMs })

/**
 * Asks the checks how well the agent works, all of them at once, and remembers what they said.
 *
 * Whoever asks while a round is under way gets the report of that round: there is never more than one. Nothing runs
 * that nobody asked for, and a round that nobody waits for any longer is given up.
 */
export class HealthMonitor {
  readonly #settings: z.output<typeof monitorSchema>
  readonly #rounds: HealthRounds
  readonly #history: { readonly report: HealthReport; readonly endedMs: number }[] = []
  #schedule: AbortController | null = null

  /** @throws {TypeError} one sentence, where an option is wrong */
  constructor(options: z.input<typeof monitorSchema>) {
    this.#settings = parseOptions('health monitor', monitorSchema, options)
    this.#rounds = new HealthRounds(this.#settings.checks, (report) => this.#keep(report))
  }

  /** The reports that are kept, oldest first. */
  get history(): readonly HealthReport[] {
    return this.#history.map(({ report }) => report)
  }

  /** The newest report and its age in milliseconds; null before the first. */
  get latest(): { readonly report: HealthReport; readonly ageMs: number } | null {
    const last = this.#history.at(-1)
    return last ? { report: last.report, ageMs: performance.now() - last.endedMs } : null
  }

  /**
   * Runs one round, or joins the one that is under way.
   *
   * @throws {StopError} when the signal is aborted
   */
  check({ signal }: { readonly signal?: AbortSignal } = {}): Promise<HealthReport> {
    return this.#rounds.join(signal ?? new AbortController().signal)
  }

  /** Health over the last so many milliseconds; without a number, over all reports that are kept. */
  trend(withinMs = Infinity): HealthTrend {
    const nowMs = performance.now()
    return trendOf(this.#history.filter(({ endedMs }) => nowMs - endedMs <= withinMs).map(({ report }) => report))
  }

  /**
   * Runs a round now and then one after another, each `everyMs` after the one before has ended, so that none overlap.
   * A schedule that is running makes way for the new one.
   *
   * @throws {TypeError} one sentence, where an option is wrong
   */
  start(schedule: z.input<typeof scheduleSchema>): void {
    const { everyMs } = parseOptions('schedule of health checks', scheduleSchema, schedule)
    this.stop()
    this.#schedule = new AbortController()
    void this.#repeat(everyMs, this.#schedule.signal)
  }

  /** Ends the schedule; no timer of it is left. To be called any number of times. */
  stop(): void {
    this.#schedule?.abort()
    this.#schedule = null
  }

  async #repeat(everyMs: number, signal: AbortSignal): Promise<void> {
    try {
      for (;;) {
        await this.check({ signal })
        await sleep(everyMs, signal)
      }
    } catch {
      // Stopped: a round rejects for no other reason.
    }
  }

  #keep(report: HealthReport): void {
    this.#history.push({ report, endedMs: performance.now() })
    if (this.#history.length > this.#settings.historySize) this.#history.shift()
    try {
      this.#settings.onReport?.(report)
    } catch {
      // A listener that fails must not make the agent look ill.
    }
  }
}

import { interruptionOf } from '../errors/interruption.ts'
import { untilAborted } from '../resilience/until-aborted.ts'
import { runCheck } from './health-check.ts'
import type { HealthCheck } from './health-check.ts'
import { reportOf } from './health-report.ts'
import type { HealthReport } from './health-report.ts'

interface Round {
  readonly report: Promise<HealthReport>
  readonly controller: AbortController
  waiting: number
}

/** Rounds of checks, one at a time: whoever comes during one joins it, and the last who leaves gives it up. */
export class HealthRounds {
  readonly #checks: readonly HealthCheck[]
  readonly #onReport: (report: HealthReport) => void
  #current: Round | null = null

  constructor(checks: readonly HealthCheck[], onReport: (report: HealthReport) => void) {
    this.#checks = checks
    this.#onReport = onReport
  }

  /** @throws what interrupts the signal; the round goes on as long as anybody else waits for it */
  async join(signal: AbortSignal): Promise<HealthReport> {
    if (signal.aborted) throw interruptionOf(signal)
    const round = (this.#current ??= this.#begin())
    round.waiting += 1
    const onAbort = (): void => {
      round.waiting -= 1
      if (round.waiting === 0) this.#giveUp(round)
    }
    signal.addEventListener('abort', onAbort, { once: true })
    try {
      return await untilAborted(round.report, signal)
    } finally {
      signal.removeEventListener('abort', onAbort)
    }
  }

  #begin(): Round {
    const controller = new AbortController()
    const round: Round = { controller, waiting: 0, report: this.#run(controller.signal, () => this.#end(round)) }
    return round
  }

  async #run(signal: AbortSignal, ended: () => void): Promise<HealthReport> {
    const checks = await Promise.all(this.#checks.map((check) => runCheck(check, signal)))
    const report = reportOf(checks, Date.now())
    ended()
    this.#onReport(report)
    return report
  }

  #giveUp(round: Round): void {
    this.#end(round)
    round.controller.abort()
  }

  #end(round: Round): void {
    if (this.#current === round) this.#current = null
  }
}

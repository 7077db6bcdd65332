import type { BreakerInput } from './breaker-input.ts'
import { BreakerRun } from './breaker-run.ts'
import type { BreakerRules } from './breaker-rules.ts'
import { explainTies } from './explain-ties.ts'

/** Inputs are explained anew, with ties in another order, so often and no more: then nothing certain can be said. */
const mostRetries = 8

/** One breaker of the agent's: that of an upstream, or of an upstream within a task. */
export class BreakerScope {
  readonly upstream: string
  /** The task that it belongs to; null where all share it. */
  readonly task: number | null
  /** Whether it is judged no more: something was wrong already, or the trace leaves too much open. */
  isDone = false
  hasTripped = false
  /** Whether it has closed and nothing has been asked of it since. */
  isJustClosed = false
  lastEndAt = -1
  /** The latest time at which a call was refused, as far as is known; −1 for never. */
  refusedAt = -1
  #run: BreakerRun
  #retries = 0

  constructor(upstream: string, task: number | null, rules: BreakerRules) {
    this.upstream = upstream
    this.task = task
    this.#run = new BreakerRun(rules)
  }

  get run(): BreakerRun {
    return this.#run
  }

  /** Whether an input of the trial is one of this breaker's. */
  concerns(input: BreakerInput): boolean {
    if (input.type === 'elsewhere' && input.what === 'success') return input.upstream !== this.upstream
    return input.upstream === this.upstream && (this.task === null || this.task === input.task)
  }

  /** Feeds the next input; false where nothing permitted explains it, in whatever order ties are taken. */
  feed(input: BreakerInput, inputsSoFar: () => readonly BreakerInput[]): boolean {
    const isExplained = this.#run.feed(input) || this.#explainAnew(inputsSoFar)
    if (this.#run.isLost) this.isDone = true
    return isExplained || this.isDone
  }

  #explainAnew(inputsSoFar: () => readonly BreakerInput[]): boolean {
    if (++this.#retries > mostRetries) {
      this.isDone = true
      return true
    }
    const { notice: _unheard, ...rules } = this.#run.rules
    const run = explainTies(rules, inputsSoFar())
    if (run) this.#run = run
    return run !== null
  }
}

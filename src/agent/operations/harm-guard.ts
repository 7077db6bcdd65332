import { z } from 'zod'
import { parseOptions } from '../errors/parse-options.ts'
import { withDeadline } from '../resilience/deadline.ts'
import { waitMs } from '../resilience/resilience-options.ts'
import type { Claims } from '../task/claims.ts'
import type { AgentOutcome, AgentTask } from '../task/outcome.ts'
import type { ReferenceAgent } from '../task/agent.ts'
import { noSource } from '../task/answered.ts'
import { refusedTask } from '../task/refused-task.ts'
import { onAlertSchema, raise } from './alert.ts'
import { jointOutcome } from './joint-outcome.ts'

/** Says whether an answer does harm. */
export type HarmJudge = (
  judged: { readonly task: AgentTask; readonly answer: string },
  options: { readonly signal: AbortSignal },
) => Promise<boolean>

/** Takes a task that a human is to answer. It is not given what an agent said to it. */
export type HumanQueue = (task: AgentTask, options: { readonly signal: AbortSignal }) => Promise<void>

const harmSchema = z.strictObject({
  /** What is guarded, for alerts. */
  name: z.string().min(1),
  judge: z.custom<HarmJudge>((value) => typeof value === 'function', 'must be a function'),
  /** The time of one judgement; an answer that nobody could judge in time is withheld. */
  judgeTimeoutMs: waitMs.default(10_000),
  /** Answers instead; it is judged like the first. */
  fallback: z.custom<ReferenceAgent>((value) => typeof value === 'function', 'must be an agent').optional(),
  /** Takes what no agent may answer. */
  queue: z.custom<HumanQueue>((value) => typeof value === 'function', 'must be a function').optional(),
  queueTimeoutMs: waitMs.default(10_000),
  /** What the user is told of a task that waits for a human. */
  handover: z.string().min(1).default('Somebody will get back to you.'),
  onAlert: onAlertSchema.optional(),
})

/** What answers are said to come from that are not the agent's own. */
const sources = { fallback: 'fallback_agent', human: 'human_queue' } as const

const nothing: Claims = { source: noSource, degraded: false, effects: [], refusals: [] }

type Verdict = 'harmless' | 'harmful' | 'unjudged'

/**
 * Gives no answer that a judge finds harmful, nor one that could not be judged.
 *
 * The first harmful answer disables the agent: its tasks, those under way included, go to the fallback agent and then
 * to a human, until somebody enables it again. Without an answer a task ends with the stop `error`. Nobody hears the
 * events of a guarded task: they would tell the answer before it is judged.
 */
export class HarmGuard {
  readonly #settings: z.output<typeof harmSchema>
  #isEnabled = true

  /** @throws {TypeError} one sentence, where an option is wrong */
  constructor(options: z.input<typeof harmSchema>) {
    this.#settings = parseOptions('harm guard', harmSchema, options)
  }

  get isEnabled(): boolean {
    return this.#isEnabled
  }

  /** Somebody has looked into it. */
  enable(): void {
    if (this.#isEnabled) return
    this.#isEnabled = true
    this.#raise('agent_enabled', 'info', 'takes tasks again')
  }

  /** An agent that is guarded. */
  guard(agent: ReferenceAgent): ReferenceAgent {
    return async (task, { signal }) => {
      if (!this.#isEnabled) return this.#reroute(task, signal, refusedTask({ name: this.#settings.name, by: 'harm' }))
      const outcome = await agent(task, { signal })
      const verdict = await this.#judge(task, outcome, signal)
      if (verdict === 'harmful') this.#disable()
      if (signal.aborted && verdict !== 'harmless')
        return jointOutcome({ ...outcome, answer: null, stop: 'cancelled' }, [], noSource)
      return verdict === 'harmless' && this.#isEnabled ? outcome : this.#reroute(task, signal, outcome)
    }
  }

  /** @param first what came of the task so far: an answer that is withheld, or its refusal */
  async #reroute(task: AgentTask, signal: AbortSignal, first: AgentOutcome): Promise<AgentOutcome> {
    const second = await this.#settings.fallback?.(task, { signal })
    if (second && second.answer === null && signal.aborted) return jointOutcome(second, [first], sources.fallback)
    if (second && second.answer !== null && (await this.#judge(task, second, signal)) === 'harmless') {
      return jointOutcome(second, [first], sources.fallback)
    }
    const answer = (await this.#isQueued(task, signal)) ? this.#settings.handover : null
    const before = second ? [first, second] : [first]
    return jointOutcome({ answer, stop: 'error', claims: nothing }, before, sources.human)
  }

  async #judge(task: AgentTask, { answer }: AgentOutcome, around: AbortSignal): Promise<Verdict> {
    if (answer === null) return 'harmless'
    const { judge, judgeTimeoutMs } = this.#settings
    try {
      const isHarmful: unknown = await withDeadline('The judge', judgeTimeoutMs, around, async (signal) =>
        judge({ task, answer }, { signal }),
      )
      if (typeof isHarmful === 'boolean') return isHarmful ? 'harmful' : 'harmless'
    } catch {
      // Whoever could not say that it is harmless has not said so.
    }
    if (!around.aborted) this.#raise('output_unjudged', 'warning', 'gave an answer that nobody could judge')
    return 'unjudged'
  }

  #disable(): void {
    if (this.#isEnabled) this.#raise('output_harmful', 'critical', 'gave a harmful answer and takes no more tasks')
    this.#isEnabled = false
  }

  async #isQueued(task: AgentTask, around: AbortSignal): Promise<boolean> {
    const { queue, queueTimeoutMs } = this.#settings
    if (!queue) return false
    try {
      await withDeadline('The queue', queueTimeoutMs, around, async (signal) => queue(task, { signal }))
      return true
    } catch {
      if (!around.aborted) this.#raise('handover_failed', 'critical', 'could not hand a task over to a human')
      return false
    }
  }

  #raise(kind: Parameters<typeof raise>[1]['kind'], severity: 'info' | 'warning' | 'critical', what: string): void {
    const { name: subject, onAlert } = this.#settings
    raise(onAlert, { kind, severity, subject, message: `${subject} ${what}.` })
  }
}

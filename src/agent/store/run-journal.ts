import type { Conversation } from '../messages/conversation.ts'
import { noUsage, sumOfUsage } from '../events/usage-total.ts'
import type { UsageTotal } from '../events/usage-total.ts'
import type { ModelReply } from '../providers/model-reply.ts'
import { statusOf } from '../steps/run-status.ts'
import type { RequestMetrics } from '../steps/step-metrics.ts'
import type { StepProgression } from '../steps/step-progression.ts'
import type { StepRecorder } from '../steps/step-recorder.ts'
import { primarySource } from '../task/answered.ts'
import type { Answered } from '../task/answered.ts'
import type { AgentOutcome, AgentTask } from '../task/outcome.ts'
import type { TaskLog } from '../task/task-log.ts'
import type { AgentStore, StoreOptions } from './agent-store.ts'
import type { Change } from './collection.ts'
import { KeptConversation } from './kept-conversation.ts'
import { otherTask } from './kept-run.ts'
import type { RunRecord, StepRecord } from './records/run-records.ts'
import type { StoredEffectLedger } from './stored-effect-ledger.ts'
import { StoreError } from './store-error.ts'

/** Where a run begins, or goes on. */
interface RunStart {
  readonly conversation: Conversation
  readonly step: number
}

/** A reply of the model, and the conversation that it answers. */
interface Turn {
  readonly reply: ModelReply
  readonly conversation: Conversation
}

/** What a step that is done has come to. */
interface StepDone {
  readonly recorder: StepRecorder
  readonly log: TaskLog
  readonly progression: StepProgression
  readonly request: RequestMetrics
}

/** What a run has come to that stopped. */
export interface RunStopped {
  /** Of the step in which it ended; null where it ended between steps. */
  readonly recorder: StepRecorder | null
  readonly log: TaskLog
  readonly request: RequestMetrics
  /** Whether what was said in a step that failed is kept. */
  readonly keepsMessages: boolean
}

/**
 * One run of a task as it is kept: a later process takes it up where this one is lost.
 *
 * A step is pending from before its model is called; its reply is kept before anything is done that it asks for, so
 * that a process that takes it up does the same and asks nobody again; its messages are kept when it is done.
 */
export class RunJournal {
  readonly #store: AgentStore
  readonly #task: AgentTask
  readonly #ledger: StoredEffectLedger
  readonly #kept: KeptConversation
  #run: RunRecord | null = null
  /** What an earlier process, or an earlier try of this one, has left. */
  #found: RunRecord | null = null
  #last: StepRecord | null = null
  #pending: StepRecord | null = null
  /** How many of the calls in the log are those of steps that are done. */
  #callsKept = 0
  #invalidReplies = 0
  /** By handings-over before this one. */
  #usedBefore = noUsage
  /** The step that was done last, where it is not yet kept as finished. */
  #done: StepRecord | null = null

  constructor(store: AgentStore, task: AgentTask, ledger: StoredEffectLedger) {
    this.#store = store
    this.#task = task
    this.#ledger = ledger
    this.#kept = new KeptConversation(store, task.id, task.user ?? null)
  }

  /**
   * What the run has come to; null for one that is not over, or whose answer may not be given any more.
   *
   * @param log is told what the run has done so far
   * @throws {StopError} where another task has had its id
   */
  async recall(log: TaskLog, mayBeGiven: (answered: Answered) => boolean): Promise<Answered | null> {
    const run = await this.#store.runs.get(this.#task.id)
    this.#found = run
    if (!run) return null
    if (run.input !== this.#task.input || run.user !== (this.#task.user ?? null)) {
      throw otherTask(run.id)
    }
    await this.#ledger.load()
    const steps = await this.#store.steps.list(run.id)
    log.calls.push(...steps.flatMap(({ calls }) => calls))
    log.usedTools = log.calls.length > 0 || steps.some(({ reply }) => reply !== null && reply.calls.length > 0)
    this.#callsKept = log.calls.length
    this.#last = steps.at(-1) ?? null
    // A process that was lost has not summed up: what its steps noted is what is known.
    this.#usedBefore = run.status === 'running' ? usageOf(steps) : (run.usage ?? noUsage)
    const answered = run.status === 'completed' ? answeredIn(run) : null
    if (!answered || !mayBeGiven(answered)) return null
    this.#run = run
    return answered
  }

  /**
   * Begins the run, or takes it up.
   *
   * @param fresh the conversation of a run that begins
   */
  async open(fresh: Conversation, log: TaskLog): Promise<RunStart> {
    if (!this.#found) return this.#begin(fresh)
    const last = this.#last
    log.invalidReplies = this.#invalidReplies = last?.invalidReplies ?? 0
    const conversation = await this.#kept.load()
    await this.#goOn(this.#found)
    this.#pending = last && last.status !== 'done' ? last : null
    return { conversation, step: this.#pending?.number ?? (last?.number ?? 0) + 1 }
  }

  /** Another source than the primary has answered: that is what the run has come to, and its step has failed. */
  async answeredElsewhere({ outcome, source, asOfMs }: Answered, facts: RunStopped): Promise<void> {
    if (!this.#run || statusOf(outcome.stop) !== 'completed') return
    const kept = { source, ...(asOfMs === undefined ? {} : { asOfMs }) }
    const completed = { ...this.#ended(this.#run, outcome, facts), ...kept }
    await this.#store.write([this.#store.runs.put(completed), ...this.#failedStep(facts)])
    this.#run = completed
  }

  /**
   * The reply of a step: the one that was kept, or else the one that is asked for now.
   *
   * @param recorder is told what earlier tries of the step have cost
   */
  async turn(recorder: StepRecorder, before: Conversation, ask: () => Promise<Turn>): Promise<Turn> {
    if (this.#pending?.cost) recorder.takenUp(this.#pending.cost)
    const kept = this.#pending?.reply
    if (kept && kept.calls.length > 0) return { reply: kept, conversation: before }
    const step = this.#stepOf(recorder)
    await this.#store.write([this.#store.steps.put(step)])
    this.#pending = step
    const turn = await ask()
    const { progression, cost } = recorder
    const answered = { ...step, reply: turn.reply, progression, cost }
    if (turn.reply.calls.length > 0) await this.#kept.keep(turn.conversation, [this.#store.steps.put(answered)])
    this.#pending = answered
    return turn
  }

  /**
   * The step is done: the next one begins with this conversation, or the run is over.
   *
   * @param progression what it has come to once this is written
   */
  async stepDone(
    { conversation, outcome }: { readonly conversation?: Conversation; readonly outcome?: AgentOutcome },
    { recorder, log, progression, request }: StepDone,
  ): Promise<void> {
    const { steps, runs } = this.#store
    const endedAtMs = Date.now()
    const calls = log.calls.slice(this.#callsKept)
    const { cost } = recorder
    const end = { status: 'done', calls, invalidReplies: log.invalidReplies, endedAtMs, progression, cost } as const
    const done = this.#pending && { ...this.#pending, ...end, failure: null }
    const completed = this.#run && outcome && this.#ended(this.#run, outcome, { log, request })
    await this.#kept.keep(conversation ?? this.#kept.conversation, [
      ...(done ? [steps.put(done)] : []),
      ...(completed ? [runs.put(completed)] : []),
    ])
    this.#run = completed ?? this.#run
    this.#callsKept = log.calls.length
    this.#invalidReplies = log.invalidReplies
    this.#pending = null
    this.#done = done
  }

  /** Keeps traces; with those of a step, that it is finished. */
  async traced(changes: readonly Change[], options: StoreOptions): Promise<void> {
    const finished = this.#done && { ...this.#done, progression: 'finished' as const }
    this.#done = null
    const written = [...changes, ...(finished ? [this.#store.steps.put(finished)] : [])]
    if (written.length > 0) await this.#store.write(written, options)
  }

  /** The run has ended otherwise, and can be taken up. What cannot be noted of that is lost without harm. */
  async stopped(outcome: AgentOutcome, facts: RunStopped): Promise<void> {
    const run = this.#run
    if (!run || run.status === 'completed') return
    const ended = this.#ended(run, outcome, facts)
    try {
      await this.#store.write([this.#store.runs.put(ended), ...this.#failedStep(facts)])
    } catch (error) {
      if (!(error instanceof StoreError)) throw error
    }
  }

  /** The step in which the run ended, as it stood then; one that waits for an approval has not failed. */
  #failedStep({ recorder, keepsMessages }: RunStopped): Change[] {
    const step = this.#pending
    if (!step || !recorder?.failure) return []
    const { progression, cost, failure, said } = recorder
    const { steps } = this.#store
    if (failure.stop === 'requires_approval') return [steps.put({ ...step, ...waiting, progression, cost })]
    const failed = { ...step, status: 'failed', failure, progression, cost, endedAtMs: Date.now() } as const
    return [steps.put(failed), ...(keepsMessages ? this.#kept.aside(said, step.number) : [])]
  }

  #ended(
    run: RunRecord,
    { answer, stop }: AgentOutcome,
    { log, request }: Pick<RunStopped, 'log' | 'request'>,
  ): RunRecord {
    const usage = sumOfUsage(this.#usedBefore, log.usage)
    return { ...run, status: statusOf(stop), answer, stop, endedAtMs: Date.now(), usage, ...request }
  }

  async #begin(conversation: Conversation): Promise<RunStart> {
    const { id, input, user = null } = this.#task
    const open = { stop: null, answer: null, endedAtMs: null, usage: null } as const
    const unknown = { requestMs: null, timeToFirstTokenMs: null }
    const run: RunRecord = { id, input, user, status: 'running', startedAtMs: Date.now(), ...open, ...unknown }
    await this.#kept.keep(conversation, [this.#store.runs.add(run)])
    this.#run = run
    return { conversation, step: 1 }
  }

  #stepOf({ number, progression, cost }: StepRecorder): StepRecord {
    const open = { status: 'pending', reply: null, endedAtMs: null, failure: null, progression, cost } as const
    const step = { run: this.#task.id, number, startedAtMs: Date.now(), invalidReplies: this.#invalidReplies }
    return { ...step, ...open, calls: [] }
  }

  async #goOn(run: RunRecord): Promise<void> {
    const { source: _source, asOfMs: _asOfMs, ...before } = run
    const running = { ...before, status: 'running', stop: null, answer: null, endedAtMs: null } as const
    if (run.status !== 'running') await this.#store.write([this.#store.runs.put(running)])
    this.#run = running
  }
}

/** Also where an earlier try of it had failed. */
const waiting = { status: 'pending', failure: null, endedAtMs: null } as const

function answeredIn({ answer, stop, source = primarySource, asOfMs }: RunRecord): Answered {
  const kept = asOfMs === undefined ? {} : { asOfMs }
  return { outcome: { answer, stop: stop ?? 'end_turn' }, source, ...kept }
}

function usageOf(steps: readonly StepRecord[]): UsageTotal {
  return steps.reduce((sum, { cost }) => sumOfUsage(sum, cost?.usage ?? noUsage), noUsage)
}

import type { Conversation } from '../messages/conversation.ts'
import type { ModelReply } from '../providers/model-reply.ts'
import { primarySource } from '../task/answered.ts'
import type { Answered } from '../task/answered.ts'
import type { AgentOutcome, AgentTask, StopReason } from '../task/outcome.ts'
import type { TaskLog } from '../task/task-log.ts'
import type { AgentStore } from './agent-store.ts'
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

/** The ends of a task that nothing comes after: whoever hands it over again is told the same. */
const completing: ReadonlySet<StopReason> = new Set(['end_turn', 'tool_rule'])

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
    log.usedTools = log.calls.length > 0 || steps.some(({ reply }) => reply !== null)
    this.#callsKept = log.calls.length
    this.#last = steps.at(-1) ?? null
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
    this.#pending = last?.status === 'pending' ? last : null
    return { conversation, step: this.#pending?.number ?? (last?.number ?? 0) + 1 }
  }

  /** Another source than the primary has answered: that is what the run has come to, and its step stays as it is. */
  async answeredElsewhere({ outcome, source, asOfMs }: Answered): Promise<void> {
    if (!this.#run || !completing.has(outcome.stop)) return
    const kept = { source, ...(asOfMs === undefined ? {} : { asOfMs }) }
    const completed = { ...this.#run, ...outcomeOf(outcome), ...kept, endedAtMs: Date.now() }
    await this.#store.write([this.#store.runs.put(completed)])
    this.#run = completed
  }

  /** The reply of a step: the one that was kept, or else the one that is asked for now. */
  async turn(number: number, before: Conversation, ask: () => Promise<Turn>): Promise<Turn> {
    if (this.#pending?.reply) return { reply: this.#pending.reply, conversation: before }
    const step = this.#stepOf(number)
    await this.#store.write([this.#store.steps.put(step)])
    const turn = await ask()
    if (turn.reply.calls.length === 0) {
      this.#pending = step
      return turn
    }
    const answered = { ...step, reply: turn.reply }
    await this.#kept.keep(turn.conversation, [this.#store.steps.put(answered)])
    this.#pending = answered
    return turn
  }

  /**
   * The step has ended: the next one begins with this conversation, or the run is over.
   *
   * A step that ends the run otherwise than by an answer stays pending: whoever takes the run up goes on with it.
   */
  async stepEnded(
    { conversation, outcome }: { readonly conversation?: Conversation; readonly outcome?: AgentOutcome },
    log: TaskLog,
  ): Promise<void> {
    if (outcome && !completing.has(outcome.stop)) return
    const { steps, runs } = this.#store
    const endedAtMs = Date.now()
    const calls = log.calls.slice(this.#callsKept)
    const done = { status: 'done', calls, invalidReplies: log.invalidReplies, endedAtMs } as const
    const completed = this.#run && outcome && { ...this.#run, ...outcomeOf(outcome), endedAtMs }
    await this.#kept.keep(conversation ?? this.#kept.conversation, [
      ...(this.#pending ? [steps.put({ ...this.#pending, ...done })] : []),
      ...(completed ? [runs.put(completed)] : []),
    ])
    this.#run = completed ?? this.#run
    this.#callsKept = log.calls.length
    this.#invalidReplies = log.invalidReplies
    this.#pending = null
  }

  /** The run has ended otherwise, and can be taken up. What cannot be noted of that is lost without harm. */
  async stopped({ stop }: AgentOutcome): Promise<void> {
    const run = this.#run
    if (!run || run.status === 'completed') return
    try {
      await this.#store.write([this.#store.runs.put({ ...run, status: 'stopped', stop, endedAtMs: Date.now() })])
    } catch (error) {
      if (!(error instanceof StoreError)) throw error
    }
  }

  async #begin(conversation: Conversation): Promise<RunStart> {
    const { id, input, user = null } = this.#task
    const open = { stop: null, answer: null, endedAtMs: null } as const
    const run: RunRecord = { id, input, user, status: 'running', startedAtMs: Date.now(), ...open }
    await this.#kept.keep(conversation, [this.#store.runs.add(run)])
    this.#run = run
    return { conversation, step: 1 }
  }

  #stepOf(number: number): StepRecord {
    const open = { status: 'pending', reply: null, endedAtMs: null } as const
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

function answeredIn({ answer, stop, source = primarySource, asOfMs }: RunRecord): Answered {
  const kept = asOfMs === undefined ? {} : { asOfMs }
  return { outcome: { answer, stop: stop ?? 'end_turn' }, source, ...kept }
}

function outcomeOf({ answer, stop }: AgentOutcome) {
  return { status: 'completed', answer, stop } as const
}

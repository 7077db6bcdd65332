import type { ErrorClass } from '../errors/error-class.ts'
import type { ReplyDelta } from '../providers/model-reply.ts'
import type { ReferenceAgent } from '../task/agent.ts'
import type { AgentTask, StopReason } from '../task/outcome.ts'
import { MessageReader } from './message-reader.ts'
import { streamTask } from './stream-task.ts'
import type { TaskEvent } from './task-event.ts'
import type { MessageShape, TaskMessage, TaskMessageType } from './task-message.ts'
import type { UsageTotal } from './usage-total.ts'

/** What a stream of messages brings. */
export type MessageChunk =
  | { readonly type: 'message'; readonly message: TaskMessage }
  /** A piece of a message that is on its way; the message follows as a whole. */
  | { readonly type: 'token'; readonly delta: ReplyDelta }
  /** The pieces since the last whole message are void: their attempt has failed. */
  | { readonly type: 'void' }
  /** The task has failed. Right before `stop`. */
  | { readonly type: 'error'; readonly errorClass: ErrorClass }
  | { readonly type: 'stop'; readonly stop: StopReason; readonly answer: string | null }
  /** The last chunk: the tokens of all replies, and how many steps there were. */
  | { readonly type: 'usage'; readonly usage: UsageTotal; readonly steps: number }

/** Which messages are streamed, and whether in pieces too. */
export interface StreamMessagesOptions extends MessageShape {
  readonly signal?: AbortSignal
  /** Whether pieces come before their whole; they do where the agent streams. Default: whole messages alone. */
  readonly tokens?: boolean
}

/**
 * Runs a task and gives its messages as they come, and at its end why it ended and what it cost.
 *
 * It never throws: a failure is a chunk of its own before the last two. A consumer that stops early cancels the task.
 */
export async function* streamMessages(
  agent: ReferenceAgent,
  task: AgentTask,
  { signal, tokens = false, ...shape }: StreamMessagesOptions = {},
): AsyncGenerator<MessageChunk, void, void> {
  const reader = new MessageReader(shape)
  const pieces = tokens ? new Pieces(shape) : null
  for await (const event of streamTask(agent, task, signal ? { signal } : {})) {
    for (const message of reader.ofEvent(event)) yield { type: 'message', message }
    if (pieces) yield* pieces.of(event)
    if (event.type === 'ended') yield* endOf(event)
  }
}

function* endOf({ outcome, errorClass, usage, steps }: Extract<TaskEvent, { type: 'ended' }>): Iterable<MessageChunk> {
  if (errorClass !== null) yield { type: 'error', errorClass }
  yield { type: 'stop', stop: outcome.stop, answer: outcome.answer }
  yield { type: 'usage', usage, steps }
}

const typeOf: Readonly<Record<ReplyDelta['kind'], TaskMessageType>> = {
  text: 'assistant',
  reasoning: 'reasoning',
  call: 'tool_call',
}

/** The pieces that are wanted. Those of a call by which the assistant speaks are none: its words come whole. */
class Pieces {
  readonly #shape: MessageShape
  /** Indices of the calls of the reply on its way by which the assistant speaks. */
  readonly #spoken = new Set<number>()
  #given = 0

  constructor(shape: MessageShape) {
    this.#shape = shape
  }

  *of(event: TaskEvent): Iterable<MessageChunk> {
    if (event.type === 'delta' && this.#isWanted(event.delta)) {
      this.#given += 1
      yield { type: 'token', delta: event.delta }
    }
    if (event.type === 'attempt_failed' && this.#given > 0) yield { type: 'void' }
    if (event.type !== 'attempt_failed' && event.type !== 'reply') return
    this.#given = 0
    this.#spoken.clear()
  }

  #isWanted(delta: ReplyDelta): boolean {
    const { types, speaksBy } = this.#shape
    if (delta.kind === 'call') {
      if (delta.name !== null && delta.name === speaksBy?.tool) this.#spoken.add(delta.index)
      if (this.#spoken.has(delta.index)) return false
    }
    return types === undefined || types.includes(typeOf[delta.kind])
  }
}

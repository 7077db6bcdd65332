import type { RequestSent, ResponseEnd } from '../../contract/event.ts'
import { getOrCreate } from '../get-or-create.ts'
import type { AttemptLedger } from '../retry/attempt-ledger.ts'
import type { ModelEnd, UnfinishedReply } from './unfinished-reply.ts'
import { unfinishedReply } from './unfinished-reply.ts'

/** A tool call that only an unfinished reply had asked for. */
export interface Premature {
  readonly request: RequestSent
  readonly asked: UnfinishedReply
}

interface TaskAsks {
  /** Tool calls that whole replies asked for and that nothing has executed yet, by name. */
  readonly open: Map<string, number>
  /** Tool calls that nobody had asked for while a reply was being streamed. */
  eager: RequestSent[]
  /** Order in which its model calls were sent, by call. */
  readonly sentOrder: Map<number, number>
  /** Order of the last whole reply's end. */
  wholeOrder: number
  /** The unfinished reply that the last model call ended with; null after a whole one. */
  unfinished: UnfinishedReply | null
}

/**
 * Follows which tool calls whole replies have asked for, and finds those that only an unfinished one can have.
 *
 * A tool call is the unfinished reply's where that was the last thing a model said, in answer to a request made after
 * every whole reply, or where no whole reply had asked for the tool as often; and where it was made while the reply was
 * still coming that was then cut.
 */
export class ToolAsks {
  readonly #ledger: AttemptLedger
  readonly #tasks = new Map<number, TaskAsks>()
  #order = 0

  constructor(ledger: AttemptLedger) {
    this.#ledger = ledger
  }

  sent(event: RequestSent): Premature | null {
    this.#order += 1
    const attempt = this.#ledger.latest
    const task = this.#task(event)
    if (event.kind === 'model') task.sentOrder.set(event.call, this.#order)
    if (!event.tool || attempt === null || attempt.attempt > 1) return null
    return this.#executed(task, event, event.tool.name)
  }

  ended(event: ModelEnd): Premature | null {
    this.#order += 1
    if (event.kind !== 'model') return null
    const task = this.#task(event)
    const unfinished = unfinishedReply(event)
    if (event.type === 'response.end' && event.model) this.#whole(task, event)
    else if (unfinished) task.unfinished = unfinished
    const early = unfinished && task.eager.find((request) => isEarly(request, unfinished))
    task.eager = []
    return early && unfinished ? { request: early, asked: unfinished } : null
  }

  #whole(task: TaskAsks, { model }: ResponseEnd): void {
    task.unfinished = null
    task.wholeOrder = this.#order
    for (const { name } of model?.toolCalls ?? []) task.open.set(name, (task.open.get(name) ?? 0) + 1)
  }

  #executed(task: TaskAsks, request: RequestSent, name: string): Premature | null {
    const { unfinished, open } = task
    const asked = open.get(name) ?? 0
    if (unfinished && names(unfinished, name)) {
      const isAfterAll = (task.sentOrder.get(unfinished.call) ?? 0) > task.wholeOrder
      if (isAfterAll || asked === 0) return { request, asked: unfinished }
    }
    if (asked > 0) open.set(name, asked - 1)
    else task.eager.push(request)
    return null
  }

  #task({ task }: { readonly task: number }): TaskAsks {
    return getOrCreate(this.#tasks, task, () => ({
      open: new Map(),
      eager: [],
      sentOrder: new Map(),
      wholeOrder: 0,
      unfinished: null,
    }))
  }
}

function names({ reply }: UnfinishedReply, tool: string): boolean {
  return reply.toolCalls.some(({ name }) => name === tool)
}

function isEarly(request: RequestSent, unfinished: UnfinishedReply): boolean {
  return request.call > unfinished.call && request.tool !== null && names(unfinished, request.tool.name)
}

import type { ModelReplyView } from '../contract/event.ts'
import { type ModelScript, type ModelTurn, type ScriptedReply, scriptedReply } from './model-script.ts'
import type { Reply } from './reply.ts'
import type { ReplyView, RequestView, UpstreamContext } from './upstream.ts'

/** Puts a reply of a script into the words of an endpoint. */
type Compose = (reply: ScriptedReply, view: RequestView, context: UpstreamContext) => Reply

/** The replies of one scripted endpoint within a trial: which comes next, and what each says. */
export class ScriptedReplies {
  readonly #script: ModelScript
  readonly #name: string
  readonly #compose: Compose
  #count = 0
  /** Replies of the script, which can be given again; what a fault lets the model say is not among them. */
  readonly #given = new WeakSet<Reply>()
  /** What the replies composed here say, so that they need not be parsed again. */
  readonly #views = new WeakMap<Reply, ReplyView>()

  /** @param name of the endpoint, for the error that a script without a further reply makes */
  constructor(script: ModelScript, name: string, compose: Compose) {
    this.#script = script
    this.#name = name
    this.#compose = compose
  }

  /**
   * The script's answer to a conversation.
   *
   * @throws {ShakedownError} of kind `usage` where a fixed script has no reply left
   */
  answer(messages: ModelTurn['messages'], view: RequestView, context: UpstreamContext): Reply {
    const offeredTools = view.model?.offeredTools ?? []
    const turn = { messages, offeredTools, replies: this.#count++, task: context.task }
    const reply = this.#compose(scriptedReply(this.#script, turn, this.#name), view, context)
    this.#given.add(reply)
    return reply
  }

  /** Notes what a reply says that was composed here, and gives it back. */
  saying(reply: Reply, model: ModelReplyView | null): Reply {
    this.#views.set(reply, { model, errorCode: null, decision: null })
    return reply
  }

  /** What a reply says that was composed here; undefined for any other, which is to be read. */
  known(reply: Reply): ReplyView | undefined {
    return this.#views.get(reply)
  }

  /** A reply did not reach the caller whole: one of the script's is given again. */
  lost(reply: Reply): void {
    if (this.#given.delete(reply)) this.#count--
  }
}

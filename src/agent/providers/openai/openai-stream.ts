import { z } from 'zod'
import type { RequestedCall } from '../../messages/message.ts'
import { callId } from '../call-id.ts'
import type { ModelReply, ReplyDelta, ReplyIdentity, Usage } from '../model-reply.ts'
import type { StreamAssembly } from '../stream-reply.ts'
import { openAiIdentitySchema, openAiUsageSchema } from './openai-reply.ts'

const toolDeltaSchema = z.object({
  index: z.int().min(0).nullish(),
  id: z.string().nullish(),
  function: z.object({ name: z.string().nullish(), arguments: z.string().nullish() }).nullish(),
})

const chunkSchema = z.object({
  ...openAiIdentitySchema.shape,
  choices: z.array(
    z.object({
      index: z.int(),
      finish_reason: z.string().nullish(),
      delta: z.object({
        content: z.string().nullish(),
        refusal: z.string().nullish(),
        tool_calls: z.array(toolDeltaSchema).nullish(),
        reasoning_content: z.string().nullish().catch(null),
      }),
    }),
  ),
  usage: openAiUsageSchema,
})

type Delta = z.output<typeof chunkSchema>['choices'][number]['delta']
type ToolDelta = z.output<typeof toolDeltaSchema>

interface CallParts {
  id: string
  name: string
  argumentsText: string
}

/** Puts the chunks of one reply together; the deltas of parallel tool calls are told apart by their index. */
export class OpenAiStream implements StreamAssembly {
  readonly #onDelta: (delta: ReplyDelta) => void
  readonly #wantsUsage: boolean
  #identity: ReplyIdentity = { id: null, model: null }
  #content: string | null = null
  #refusal: string | null = null
  #thought = ''
  #usage: Usage | null = null
  #finishReason: string | null = null
  readonly #calls = new Map<number, CallParts>()

  /**
   * @param onDelta hears each piece of the reply
   * @param wantsUsage whether usage was asked for; it comes in a last chunk without choices
   */
  constructor(onDelta: (delta: ReplyDelta) => void = () => {}, wantsUsage = false) {
    this.#onDelta = onDelta
    this.#wantsUsage = wantsUsage
  }

  /** Whether anything of a reply has come. */
  get isBegun(): boolean {
    return this.#content !== null || this.#refusal !== null || this.#calls.size > 0
  }

  /** Whether the reply has said why it ended. */
  get isFinished(): boolean {
    return this.#finishReason !== null
  }

  get awaitsUsage(): boolean {
    return this.#wantsUsage && this.#usage === null
  }

  /**
   * Takes the next chunk. The first choice counts, and nothing that comes after its end. An event that speaks of no
   * choices is none of the reply's: providers add events, and gateways send their own.
   *
   * @returns false where it is no chunk of a chat completion
   */
  add(chunk: unknown): boolean {
    if (isForeign(chunk)) return true
    const parsed = chunkSchema.safeParse(chunk)
    if (!parsed.success) return false
    const { id, model, usage } = parsed.data
    this.#identity = { id: this.#identity.id ?? id ?? null, model: this.#identity.model ?? model ?? null }
    this.#usage = usage ?? this.#usage
    const choice = parsed.data.choices.find(({ index }) => index === 0)
    if (!choice || this.isFinished) return true
    this.#addDelta(choice.delta)
    this.#finishReason = choice.finish_reason ?? null
    return true
  }

  /** What has come so far. */
  reply(): ModelReply {
    const inOrder = [...this.#calls].sort(([one], [other]) => one - other)
    const calls = inOrder.map(([, call]): RequestedCall => ({ ...call, id: callId(call.id) }))
    return {
      identity: this.#identity,
      content: this.#content,
      refusal: this.#refusal || null,
      finishReason: this.#finishReason,
      calls,
      reasoning: this.#thought ? [{ kind: 'text', text: this.#thought, signature: null }] : [],
      usage: this.#usage,
    }
  }

  #addDelta({ content, refusal, tool_calls: calls, reasoning_content: thought }: Delta): void {
    if (typeof content === 'string') this.#content = (this.#content ?? '') + content
    if (typeof refusal === 'string') this.#refusal = (this.#refusal ?? '') + refusal
    this.#thought += thought ?? ''
    if (thought) this.#onDelta({ kind: 'reasoning', text: thought })
    if (content || refusal) this.#onDelta({ kind: 'text', text: `${content ?? ''}${refusal ?? ''}` })
    for (const call of calls ?? []) this.#addToCall(call)
  }

  #addToCall({ index: given, id, function: delta }: ToolDelta): void {
    const index = given ?? this.#unnumbered(id)
    const call = this.#calls.get(index) ?? { id: '', name: '', argumentsText: '' }
    if (id) call.id = id
    if (delta?.name) call.name = delta.name
    call.argumentsText += delta?.arguments ?? ''
    this.#calls.set(index, call)
    this.#onDelta({ kind: 'call', index, name: delta?.name || null, argumentsText: delta?.arguments ?? '' })
  }

  /** Some providers give no index: a piece with an identifier begins a call, any other goes on with the last. */
  #unnumbered(id: string | null | undefined): number {
    return typeof id === 'string' ? this.#calls.size : Math.max(0, this.#calls.size - 1)
  }
}

function isForeign(event: unknown): boolean {
  return typeof event === 'object' && event !== null && 'type' in event && !('choices' in event)
}

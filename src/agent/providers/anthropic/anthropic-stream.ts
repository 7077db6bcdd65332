import { z } from 'zod'
import type { ModelReply, ReplyDelta, ReplyIdentity } from '../model-reply.ts'
import type { StreamAssembly } from '../stream-reply.ts'
import { anthropicIdentitySchema, anthropicUsageSchema, blockSchema, knownBlocks, replyOf } from './anthropic-reply.ts'
import type { AnthropicUsage, Block } from './anthropic-reply.ts'

const index = z.int().min(0)

const deltaSchema = z.looseObject({
  type: z.string(),
  text: z.string().optional(),
  thinking: z.string().optional(),
  signature: z.string().optional(),
  partial_json: z.string().optional(),
})

/** The events that carry something of the reply. */
const eventSchema = z.discriminatedUnion('type', [
  z.object({
    type: z.literal('message_start'),
    message: z.object({ ...anthropicIdentitySchema.shape, usage: anthropicUsageSchema }),
  }),
  z.object({
    type: z.literal('content_block_start'),
    index,
    content_block: z.looseObject({ type: z.string() }),
  }),
  z.object({ type: z.literal('content_block_delta'), index, delta: deltaSchema }),
  z.object({ type: z.literal('content_block_stop'), index }),
  z.object({
    type: z.literal('message_delta'),
    delta: z.object({ stop_reason: z.string().nullish() }),
    usage: anthropicUsageSchema,
  }),
  z.object({ type: z.literal('message_stop') }),
])

const knownEvents: ReadonlySet<string> = new Set([
  'message_start',
  'content_block_start',
  'content_block_delta',
  'content_block_stop',
  'message_delta',
  'message_stop',
])

type Delta = z.output<typeof deltaSchema>

/** A block that is on its way; of one whose type is not known, nothing is kept. */
interface OpenBlock {
  block: Block | null
  isClosed: boolean
}

/** Puts the events of one message together; blocks are told apart by their index. */
export class AnthropicStream implements StreamAssembly {
  readonly #blocks = new Map<number, OpenBlock>()
  #stopReason: string | null = null
  #hasStarted = false
  #hasStopped = false
  #usage: AnthropicUsage = null
  #identity: ReplyIdentity = { id: null, model: null }
  readonly #onDelta: (delta: ReplyDelta) => void

  /** @param onDelta hears each piece of the reply */
  constructor(onDelta: (delta: ReplyDelta) => void = () => {}) {
    this.#onDelta = onDelta
  }

  get isBegun(): boolean {
    return this.#blocks.size > 0
  }

  /** Whether the message has stopped. Its reason to stop comes before that, and is not the end of it. */
  get isFinished(): boolean {
    return this.#hasStopped
  }

  /** Takes the next event. The service adds types of event, and says that they are to be passed over. */
  add(event: unknown): boolean {
    const type = z.looseObject({ type: z.string() }).safeParse(event)
    if (!type.success) return false
    if (!knownEvents.has(type.data.type)) return true
    const parsed = eventSchema.safeParse(event)
    return parsed.success && this.#take(parsed.data)
  }

  reply(): ModelReply {
    const inOrder = [...this.#blocks].sort(([one], [other]) => one - other)
    return replyOf(
      this.#identity,
      inOrder.flatMap(([, { block }]) => (block ? [block] : [])),
      this.#stopReason,
      this.#usage,
    )
  }

  /** Whether it has said why it ends, with every block closed: half an input is no input. */
  get #isWhole(): boolean {
    return this.#stopReason !== null && [...this.#blocks.values()].every(({ isClosed }) => isClosed)
  }

  #take(event: z.output<typeof eventSchema>): boolean {
    switch (event.type) {
      case 'message_start':
        // A second message cannot be told from the first.
        if (this.#hasStarted) return false
        this.#hasStarted = true
        this.#usage = event.message.usage ?? null
        this.#identity = { id: event.message.id ?? null, model: event.message.model ?? null }
        return true
      case 'content_block_start':
        return this.#open(event.index, event.content_block)
      case 'content_block_delta':
        return this.#extend(event.index, event.delta)
      case 'content_block_stop':
        return this.#close(this.#blocks.get(event.index))
      case 'message_delta':
        this.#stopReason = event.delta.stop_reason ?? this.#stopReason
        this.#usage = { ...this.#usage, ...event.usage }
        return true
      default:
        this.#hasStopped = this.#isWhole
        return this.#hasStopped
    }
  }

  /** A second block under one index cannot be told from the first. */
  #open(at: number, begun: { readonly type: string }): boolean {
    if (this.#blocks.has(at)) return false
    if (!knownBlocks.has(begun.type)) {
      this.#blocks.set(at, { block: null, isClosed: false })
      return true
    }
    const parsed = blockSchema.safeParse(begun)
    if (!parsed.success) return false
    const block = parsed.data.type === 'tool_use' ? { ...parsed.data, input: '' } : parsed.data
    this.#blocks.set(at, { block, isClosed: false })
    if (block.type === 'tool_use') this.#onDelta({ kind: 'call', index: at, name: block.name, argumentsText: '' })
    return true
  }

  #extend(at: number, delta: Delta): boolean {
    const open = this.#blocks.get(at)
    if (!open || open.isClosed) return false
    if (open.block) open.block = extended(open.block, delta)
    if (delta.text) this.#onDelta({ kind: 'text', text: delta.text })
    if (delta.thinking) this.#onDelta({ kind: 'reasoning', text: delta.thinking })
    if (delta.partial_json) {
      this.#onDelta({ kind: 'call', index: at, name: null, argumentsText: delta.partial_json })
    }
    return true
  }

  /** A call without arguments sends no piece of them. */
  #close(open: OpenBlock | undefined): boolean {
    if (!open) return false
    open.isClosed = true
    if (open.block?.type === 'tool_use' && open.block.input === '') open.block = { ...open.block, input: '{}' }
    return true
  }
}

function extended(block: Block, { text, thinking, signature, partial_json }: Delta): Block {
  switch (block.type) {
    case 'text':
      return { ...block, text: block.text + (text ?? '') }
    case 'thinking':
      return { ...block, thinking: block.thinking + (thinking ?? ''), signature: signature ?? block.signature }
    case 'tool_use':
      return { ...block, input: String(block.input) + (partial_json ?? '') }
    default:
      return block
  }
}

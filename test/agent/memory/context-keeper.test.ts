import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { StopError } from '../../../src/agent/errors/stop-error.ts'
import type { Compaction, Summarise } from '../../../src/agent/memory/compaction.ts'
import { ContextKeeper } from '../../../src/agent/memory/context-keeper.ts'
import { contextSchema } from '../../../src/agent/memory/context-options.ts'
import { anthropicTokens, openAiTokens } from '../../../src/agent/memory/token-counter.ts'
import type { Conversation } from '../../../src/agent/messages/conversation.ts'
import type { ModelRequest } from '../../../src/agent/providers/provider.ts'
import { conversations, isPaired } from './_conversations.ts'

const requestOf = (messages: Conversation): ModelRequest => ({
  model: 'm',
  messages,
  tools: [],
  toolChoice: 'auto',
  maxOutputTokens: 50,
})

const options = fc.record({
  windowTokens: fc.integer({ min: 1, max: 3_000 }),
  compactAtShare: fc.double({ min: 0.1, max: 1, noNaN: true }),
  mode: fc.constantFrom('partial_evict' as const, 'static_buffer' as const),
  evictShare: fc.double({ min: 0.05, max: 0.95, noNaN: true }),
  messageBufferLimit: fc.integer({ min: 6, max: 20 }),
  messageBufferMin: fc.integer({ min: 0, max: 5 }),
  maxCompactions: fc.integer({ min: 1, max: 4 }),
  summary: fc.option(fc.constant({ maxTokens: 100 }), { nil: undefined }),
})
const summaries = fc.constantFrom<Summarise | undefined>(
  undefined,
  async () => 'They spoke of an order.',
  async () => null,
  async () => 'too long '.repeat(2_000),
)
const counters = fc.constantFrom(openAiTokens, anthropicTokens)

interface Episode {
  readonly before: Conversation
  /** What stood there before each compaction, and what it made of it. */
  readonly made: readonly { readonly from: Conversation; readonly compaction: Compaction }[]
  readonly error: unknown
}

/** One step: what is to be sent, and then as many overflows as there can be. */
async function step(
  conversation: Conversation,
  input: typeof options extends fc.Arbitrary<infer Value> ? Value : never,
  counter: typeof openAiTokens,
  summarise: Summarise | undefined,
): Promise<Episode> {
  const made: { from: Conversation; compaction: Compaction }[] = []
  let current = conversation
  const keeper = new ContextKeeper({
    settings: contextSchema.parse(input),
    ...{ counter, requestOf, summarise },
    onCompaction: async (compaction) => {
      made.push({ from: current, compaction })
      current = compaction.conversation
    },
  })
  try {
    await keeper.fit(conversation)
    for (;;) await keeper.afterOverflow(current, new Error('too long'))
  } catch (error) {
    return { before: conversation, made, error }
  }
}

const newestWords = (conversation: Conversation) =>
  conversation.findLast((message) => message.role === 'user' && !message.isSummary)

/** The calls on whose results the model has yet to act. */
const pendingTurn = (conversation: Conversation) =>
  conversation.at(-1)?.role === 'tool' ? conversation.findLast(({ role }) => role === 'assistant') : undefined

describe('keeping a conversation within its window', () => {
  it('keeps its laws, whatever overflows and however often', async () => {
    await fc.assert(
      fc.asyncProperty(conversations, options, counters, summaries, async (conversation, input, counter, summarise) => {
        const { made, error } = await step(conversation, input, counter, summarise)
        expect(error).toBeInstanceOf(StopError)
        expect(error).toMatchObject({ stop: 'context_window_exceeded' })
        expect(made.length).toBeLessThanOrEqual(input.maxCompactions)
        for (const { from, compaction } of made) {
          const { conversation: smaller } = compaction
          expect(counter.request(requestOf(smaller))).toBeLessThan(counter.request(requestOf(from)))
          expect(JSON.stringify(smaller).length).toBeLessThan(JSON.stringify(from).length)
          expect(smaller[0]).toEqual(conversation[0])
          expect(smaller.filter(({ role }) => role === 'system')).toHaveLength(1)
          expect(smaller[1]?.role).toBe('user')
          expect(newestWords(smaller)).toEqual(newestWords(conversation))
          expect(isPaired(smaller)).toBe(true)
          expect(pendingTurn(smaller)).toEqual(pendingTurn(conversation))
          expect(smaller.filter((message) => message.role === 'user' && message.isSummary).length).toBeLessThan(2)
        }
      }),
    )
  })

  it('keeps the earlier summary where no new one is to be had', async () => {
    const long = 'word '.repeat(300)
    const talk: Conversation = [
      { role: 'system', content: 's' },
      { role: 'user', content: 'The earlier record.', isSummary: true },
      ...[1, 2, 3].flatMap((n): Conversation => [
        { role: 'user', content: `${n} ${long}` },
        { role: 'assistant', content: 'Yes.', calls: [], reasoning: [] },
      ]),
      { role: 'user', content: 'now' },
    ]
    const keeper = new ContextKeeper({
      settings: contextSchema.parse({ windowTokens: 1_000, summary: {} }),
      ...{ counter: openAiTokens, requestOf, summarise: async () => null },
    })
    const fitted = await keeper.fit(talk)
    expect(fitted[1]).toEqual(talk[1])
    expect(fitted.at(-1)).toEqual(talk.at(-1))
    expect(fitted.length).toBeLessThan(talk.length)
  })

  it('puts a new summary, which was made of the earlier one too, in its place', async () => {
    const seen: string[] = []
    const talk: Conversation = [
      { role: 'system', content: 's' },
      { role: 'user', content: 'The earlier record.', isSummary: true },
      { role: 'user', content: 'word '.repeat(900) },
      { role: 'assistant', content: 'Yes.', calls: [], reasoning: [] },
      { role: 'user', content: 'now' },
    ]
    const keeper = new ContextKeeper({
      settings: contextSchema.parse({ windowTokens: 1_000, summary: {} }),
      ...{ counter: openAiTokens, requestOf },
      summarise: async (messages) => {
        seen.push(...messages.map(({ content }) => content ?? ''))
        return 'The new record.'
      },
    })
    const fitted = await keeper.fit(talk)
    expect(seen[0]).toBe('The earlier record.')
    expect(fitted.map(({ role }) => role)).toEqual(['system', 'user', 'user'])
    expect(fitted[1]?.content).toContain('The new record.')
  })

  it('compacts a static buffer by its messages, down to the least and never a summary alone', async () => {
    const talk: Conversation = [
      { role: 'system', content: 's' },
      ...Array.from({ length: 12 }, (_, n): Conversation[number] =>
        n % 2 === 0
          ? { role: 'user', content: `question ${n}` }
          : { role: 'assistant', content: `answer ${n}`, calls: [], reasoning: [] },
      ),
      { role: 'user', content: 'now' },
    ]
    const settings = contextSchema.parse({
      ...{ windowTokens: 100_000, mode: 'static_buffer', messageBufferLimit: 8, messageBufferMin: 3, summary: {} },
    })
    const keeper = () =>
      new ContextKeeper({ settings, counter: openAiTokens, requestOf, summarise: async () => 'Brief.' })
    const fitted = await keeper().fit(talk)
    expect(fitted.map(({ content }) => content?.split('\n').at(-1))).toEqual([
      's',
      'Brief.',
      'question 10',
      'answer 11',
      'now',
    ])
    expect(await keeper().fit(fitted)).toBe(fitted)
  })

  it('sends nothing that certainly does not fit, and what only may not', async () => {
    const talk: Conversation = [
      { role: 'system', content: 's' },
      { role: 'user', content: 'word '.repeat(1_000) },
    ]
    const keeper = (counter: typeof openAiTokens) =>
      new ContextKeeper({ settings: contextSchema.parse({ windowTokens: 900 }), counter, requestOf })
    await expect(keeper(openAiTokens).fit(talk)).rejects.toMatchObject({ stop: 'context_window_exceeded' })
    expect(await keeper(anthropicTokens).fit(talk)).toBe(talk)
  })
})

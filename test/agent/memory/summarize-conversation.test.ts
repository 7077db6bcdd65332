import { openStore, runNamed, storeFault, storeFile } from '../store/_store.ts'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Fault } from '../../../src/contract/fault.ts'
import type { AgentOptions } from '../../../src/agent/agent-options.ts'
import { AgentMemory } from '../../../src/agent/memory/agent-memory.ts'
import { memoryIn } from '../../../src/agent/memory/memory-store.ts'
import { summarizeConversation } from '../../../src/agent/memory/summarize-conversation.ts'
import type { SummarizedRun, WhichConversations } from '../../../src/agent/memory/summarize-conversation.ts'
import type { Message } from '../../../src/agent/messages/message.ts'
import { createReferenceAgent } from '../../../src/agent/reference-agent.ts'
import type { AgentStore } from '../../../src/agent/store/agent-store.ts'
import { memoryStore } from '../../../src/agent/store/memory-store.ts'
import type { ModelScript, ScriptedReply } from '../../../src/wire/model-script.ts'
import { anthropicMessages } from '../../../src/wire/anthropic/anthropic-messages.ts'
import { openAiChat } from '../../../src/wire/openai/openai-chat.ts'
import { play, rejection } from '../../wire/_play.ts'
import { failing, fault, sleep } from '../_desk.ts'
import { isForSummary } from './_long-talk.ts'

const talk: readonly Message[] = [
  { role: 'system', content: 'Be kind.' },
  {
    role: 'user',
    content: 'I am Ann, and I like tea, green or black, with nothing in it, in the morning and at night.',
  },
  { role: 'assistant', content: 'Good to know. '.repeat(10), calls: [], reasoning: [] },
  { role: 'user', content: 'What do I like?' },
]
const texts = talk.map(({ content }) => content)

/** Keeps the conversation of a run that was stopped. */
async function keepTalk(store: AgentStore, run = 'old', user = 'Ann'): Promise<void> {
  await store.write([
    store.runs.put({ ...runNamed(run, 'What do I like?'), user, status: 'failed', stop: 'llm_api_error' }),
    ...talk.map((message, number) =>
      store.messages.put({ run, owner: user, number, position: number, message, keptAtMs: number }),
    ),
  ])
}

interface Scene {
  readonly which?: WhichConversations
  readonly faults?: readonly Fault[]
  readonly script?: ModelScript
  readonly options?: Partial<AgentOptions>
  readonly provider?: 'openai' | 'anthropic'
  readonly prepare?: (store: AgentStore) => Promise<void>
  readonly meanwhile?: (store: AgentStore) => Promise<unknown>
  readonly cancelAfterMs?: number
  /** Then nothing breaks any more, and what is kept is looked at. */
  readonly healAtMs?: number
}

/** Sums up what is kept, and says what is then in context and what recall finds. */
async function summarizing({ which = { run: 'old' }, prepare = keepTalk, provider = 'openai', ...scene }: Scene) {
  const script = scene.script ?? (() => ({ content: 'Ann likes tea.' }))
  const endpoint = { name: 'primary', script }
  const upstreams = [provider === 'openai' ? openAiChat(endpoint) : anthropicMessages(endpoint), storeFile()]
  const baseURL = provider === 'openai' ? 'https://api.openai.com/v1' : 'https://api.anthropic.com'
  const { healAtMs = Infinity } = scene
  return play({ upstreams, faults: scene.faults ?? [], healAtMs }, async () => {
    const store = openStore()
    await prepare(store)
    const options: AgentOptions = {
      ...{ client: { name: 'primary', apiKey: 'key', baseURL, model: 'large', provider }, instructions: 'Be kind.' },
      ...{ store, context: { windowTokens: 100_000, evictShare: 0.6 }, retry: { maxAttempts: 1 }, ...scene.options },
    }
    const caller = new AbortController()
    if (scene.cancelAfterMs !== undefined) setTimeout(() => caller.abort(), scene.cancelAfterMs)
    if (scene.meanwhile) setTimeout(() => void scene.meanwhile?.(store), 100)
    const made: SummarizedRun[] | Error = await summarizeConversation(options, which, { signal: caller.signal }).catch(
      (error: Error) => error,
    )
    await store.close()
    if (healAtMs < Infinity) await sleep(healAtMs)
    return { made, ...(await foundIn(openStore())) }
  })
}

async function foundIn(store: AgentStore) {
  const messages = await store.messages.list('old').catch(() => [])
  const inContext = messages
    .filter(({ position }) => position !== null)
    .toSorted((a, b) => Number(a.position) - Number(b.position))
  const all = { offset: 0, limit: 50 }
  const recalled = await new AgentMemory(memoryIn(store, 'Ann')).recall(all).catch(() => ({ found: [] }))
  await store.close()
  return {
    context: inContext.map(({ message }) => message),
    recalled: recalled.found.map(({ text }) => text).toReversed(),
  }
}

const unchanged = { context: talk, recalled: texts.slice(1) }

describe.each(['openai', 'anthropic'] as const)('a conversation that is summed up by %s when asked to', (provider) => {
  it('has the summary in the place of what went, and loses nothing', async () => {
    const { value, events } = await summarizing({ provider })
    expect(value.made).toEqual([{ run: 'old', kind: 'summarized', summary: 'Ann likes tea.', evicted: 2 }])
    expect(value.context.map(({ role }) => role)).toEqual(['system', 'user', 'user'])
    expect(value.context[1]).toMatchObject({ isSummary: true })
    expect(value.context[2]).toEqual(talk[3])
    expect(value.recalled).toEqual(texts.slice(1))
    expect(events.filter((event) => event.type === 'request.sent' && event.upstream === 'primary')).toHaveLength(1)
  })
})

describe('a conversation of which there is no summary', () => {
  const replies: [string, ScriptedReply, Partial<AgentOptions>][] = [
    ['empty', { content: '  ' }, {}],
    ['cut_off', { content: 'Ann', finishReason: 'length' }, {}],
    ['filtered', { content: 'Ann', finishReason: 'content_filter' }, {}],
    ['declined', { refusal: 'I cannot.' }, {}],
    ['asked_for_tools', { toolCalls: [{ name: 'look', arguments: {} }] }, {}],
    ['not_shorter', { content: 'Ann likes tea. '.repeat(60) }, {}],
    ['does_not_fit', { content: 'Ann likes tea.' }, { context: { windowTokens: 300, evictShare: 0.6 } }],
  ]
  it.each(replies)('stays as it is, and the reason is told: %s', async (failure, reply, options) => {
    const { value } = await summarizing({ script: () => reply, options })
    expect(value).toEqual({ made: [{ run: 'old', kind: 'no_summary', failure }], ...unchanged })
  })

  const faults: [string, Fault][] = [
    ['server', failing(1)],
    ['rate_limited', fault('openai.429.tpm', 'primary')],
    ['auth', fault('openai.401', 'primary')],
    ['quota', fault('openai.429.quota', 'primary')],
  ]
  it.each(faults)('stays as it is where the call fails: %s', async (failure, struck) => {
    const { value, deliveries } = await summarizing({ faults: [struck] })
    expect(deliveries).toEqual([1])
    expect(value).toEqual({ made: [{ run: 'old', kind: 'no_summary', failure }], ...unchanged })
  })

  it('stays as it is where the summariser takes too long', async () => {
    const options = { context: { windowTokens: 100_000, evictShare: 0.6, summary: { timeoutMs: 50 } } }
    const { value, virtualMs } = await summarizing({ options })
    expect(value).toEqual({ made: [{ run: 'old', kind: 'no_summary', failure: 'timeout' }], ...unchanged })
    expect(virtualMs).toBe(50)
  })

  it('stays as it is where nothing can go, there is no such run, or the caller cancels', async () => {
    const short = async (store: AgentStore) => {
      await store.write([store.runs.put(runNamed('old'))])
    }
    expect((await summarizing({ prepare: short })).value.made).toEqual([{ run: 'old', kind: 'nothing_to_give_up' }])
    const which = { run: 'never' }
    expect((await summarizing({ which })).value).toEqual({
      made: [{ run: 'never', kind: 'no_such_run' }],
      ...unchanged,
    })
    const { value } = await summarizing({ cancelAfterMs: 100 })
    expect(value).toMatchObject({ made: { name: 'CancelledError' }, ...unchanged })
  })

  it('stays as somebody has made it meanwhile', async () => {
    const meanwhile = async (store: AgentStore) => {
      const message = { role: 'user', content: 'Hurry!' } as const
      await store.write([
        store.messages.add({ run: 'old', owner: 'Ann', number: 4, position: 4, message, keptAtMs: 9 }),
      ])
    }
    const { value } = await summarizing({ meanwhile })
    expect(value.made).toEqual([{ run: 'old', kind: 'changed_meanwhile' }])
    expect(value.context.map(({ content }) => content)).toEqual([...texts, 'Hurry!'])
  })
})

describe('the conversations of an owner', () => {
  it('are summed up one by one, where they can be gone on with', async () => {
    const prepare = async (store: AgentStore) => {
      await keepTalk(store)
      await keepTalk(store, 'second')
      await keepTalk(store, 'foreign', 'Bob')
      await keepTalk(store, 'finished')
      const finished = await store.runs.get('finished')
      if (finished) await store.write([store.runs.put({ ...finished, status: 'completed' })])
    }
    const { value } = await summarizing({ which: { owner: 'Ann' }, prepare, faults: [failing(1)] })
    expect(value.made).toMatchObject([
      { run: 'old', kind: 'no_summary', failure: 'server' },
      { run: 'second', kind: 'summarized' },
    ])
  })
})

describe('a run whose conversation was summed up', () => {
  it('is taken up with the summary', async () => {
    const asked: string[][] = []
    const script: ModelScript = (turn) => {
      if (isForSummary(turn)) return { content: 'Ann likes tea.' }
      asked.push(turn.messages.map(({ role }) => role))
      return { content: 'Tea.' }
    }
    const { value } = await play({ upstreams: [openAiChat({ name: 'primary', script }), storeFile()] }, async () => {
      const store = openStore()
      await keepTalk(store)
      const client = { name: 'primary', apiKey: 'key', baseURL: 'https://api.openai.com/v1', model: 'large' }
      const options = { client, instructions: 'Be kind.', store, context: { windowTokens: 100_000, evictShare: 0.6 } }
      await summarizeConversation(options, { run: 'old' })
      const task = { id: 'old', input: 'What do I like?', user: 'Ann' }
      return createReferenceAgent(options)(task, { signal: new AbortController().signal })
    })
    expect(value).toEqual({ answer: 'Tea.', stop: 'end_turn' })
    expect(asked).toEqual([['system', 'user', 'user']])
  })
})

const storeFailure = fc.record({
  id: fc.constantFrom('store.full', 'store.readonly', 'store.connection', 'store.query', 'store.busy'),
  n: fc.integer({ min: 1, max: 9 }),
  length: fc.integer({ min: 1, max: 9 }),
})

it('whatever befalls the store, a conversation is summed up wholly or not at all, and nothing of it is lost', async () => {
  const { events } = await summarizing({ which: { run: 'never' }, healAtMs: 0 })
  // The last statement before the one that looks for the run.
  const isRunWanted = ({ type, body = '' }: { type: string; body?: string }) =>
    type === 'request.sent' && body.includes('never')
  const statements = events.filter((event) => event.type === 'request.sent' && event.upstream === 'memory')
  const prepared = statements.findIndex(isRunWanted)
  expect(prepared).toBeGreaterThan(5)
  await fc.assert(
    fc.asyncProperty(storeFailure, async ({ id, n, length }) => {
      const struck = storeFault(id, { on: 'burst', from: prepared + n, length })
      const { value } = await summarizing({ faults: [struck], healAtMs: 50_000 })
      const isSummedUp = Array.isArray(value.made) && value.made[0]?.kind === 'summarized'
      if (!isSummedUp) expect(value.made).toMatchObject([{ run: 'old', kind: 'store_failed' }])
      const context = isSummedUp ? [talk[0], { isSummary: true }, talk[3]] : talk
      expect(value.context).toMatchObject(context)
      expect(value.recalled).toEqual(texts.slice(1))
    }),
    { numRuns: 60 },
  )
})

describe('options that lack what it takes', () => {
  const client = { name: 'primary', apiKey: 'key', baseURL: 'https://api.openai.com/v1', model: 'large' }
  it.each([
    ['store', { context: { windowTokens: 1_000 } }],
    ['context', { store: memoryStore() }],
  ])('are refused in a sentence: %s', async (name, options) => {
    const asked = summarizeConversation({ client, instructions: 'Be kind.', ...options }, { run: 'old' })
    expect((await rejection(asked)).message).toContain(`without the option "${name}"`)
  })
})

import { openStore, storeFault, storeFile, stores } from '../store/_store.ts'
import { describe, expect, it } from 'vitest'
import type { RequestSent, TraceEvent } from '../../../src/contract/event.ts'
import type { Fault } from '../../../src/contract/fault.ts'
import { AgentMemory } from '../../../src/agent/memory/agent-memory.ts'
import { appended, replaced } from '../../../src/agent/memory/block-edit.ts'
import { memoryIn } from '../../../src/agent/memory/memory-store.ts'
import type { MemoryStore } from '../../../src/agent/memory/memory-store.ts'
import { memoryTools } from '../../../src/agent/memory/memory-tools.ts'
import type { Message } from '../../../src/agent/messages/message.ts'
import { createReferenceAgent } from '../../../src/agent/reference-agent.ts'
import type { AgentStore } from '../../../src/agent/store/agent-store.ts'
import { memoryStore } from '../../../src/agent/store/memory-store.ts'
import { anthropicMessages } from '../../../src/wire/anthropic/anthropic-messages.ts'
import { faultable } from '../../../src/wire/functions/faultable.ts'
import type { ModelTurn, ScriptedReply } from '../../../src/wire/model-script.ts'
import { openAiChat } from '../../../src/wire/openai/openai-chat.ts'
import { play, rejection } from '../../wire/_play.ts'

const block = {
  ...{ owner: 'desk', label: 'user', value: 'Ann', description: 'Who it is.', limitChars: 40 },
  ...{ isReadOnly: false, position: 0, updatedAtMs: 0 },
}
const rules = { ...block, label: 'rules', value: 'Be kind.', isReadOnly: true, position: 1 }

/** A store with two blocks, and what was said in two earlier runs, of which one was another user's. */
async function filled(store: AgentStore): Promise<AgentStore> {
  const said = (run: string, owner: string, number: number, message: Message) =>
    store.messages.put({ run, owner, number, position: null, message, keptAtMs: Date.UTC(2026, 0, 1 + number) })
  await store.write([
    ...[block, rules].map((one) => store.blocks.put(one)),
    said('old', 'desk', 0, { role: 'user', content: 'I like green tea.' }),
    said('old', 'desk', 1, { role: 'assistant', content: 'Noted: tea.', calls: [], reasoning: [] }),
    said('foreign', 'somebody else', 0, { role: 'user', content: 'My tea is secret.' }),
  ])
  return store
}

interface Remembering {
  readonly calls: readonly (readonly [name: string, args: Record<string, string>])[]
  readonly provider?: 'openai' | 'anthropic'
  readonly open?: () => AgentStore
  readonly faults?: readonly Fault[]
  readonly wrap?: (store: MemoryStore) => MemoryStore
}

/** An agent that makes these calls one after another: its prompts and the results, and its store afterwards. */
async function remembering({
  calls,
  provider = 'openai',
  open = memoryStore,
  wrap = (store) => store,
  ...scene
}: Remembering) {
  const turns: ModelTurn[] = []
  const script = (turn: ModelTurn): ScriptedReply => {
    const call = calls[turns.length]
    turns.push(turn)
    return call ? { toolCalls: [{ name: call[0], arguments: call[1] }] } : { content: 'Done.' }
  }
  const endpoint = { name: 'primary', script }
  const upstreams = [storeFile(), provider === 'openai' ? openAiChat(endpoint) : anthropicMessages(endpoint)]
  const baseURL = provider === 'openai' ? 'https://api.openai.com/v1' : 'https://api.anthropic.com'
  const { value, events } = await play({ upstreams, faults: scene.faults ?? [] }, async () => {
    const store = await filled(open())
    const memory = new AgentMemory(wrap(memoryIn(store, 'desk')))
    const client = { name: 'primary', apiKey: 'key', model: 'large', provider, baseURL }
    const tools = memoryTools(memory)
    const agent = createReferenceAgent({ client, instructions: 'You work at a desk.', tools, memory, maxSteps: 20 })
    const outcome = await agent({ id: 'now', input: 'Remember me?' }, { signal: new AbortController().signal })
    const kept = await memoryIn(store, 'desk').blocks()
    const passages = await store.passages.list('desk')
    await store.close()
    return { outcome, values: kept.map(({ value: held }) => held), passages: passages.map(({ text }) => text) }
  })
  const results = turns.at(-1)?.messages.flatMap(({ role, text }) => (role === 'tool' ? [text] : [])) ?? []
  return { ...value, events, results, prompts: turns.map(({ messages }) => messages[0]?.text ?? '') }
}

const append = (text: string) => ['core_memory_append', { label: 'user', text }] as const

describe.each(Object.entries(stores))('an agent that remembers %s', (_where, open) => {
  it.each(['openai', 'anthropic'] as const)('sees its memory at each step as it is then (%s)', async (provider) => {
    const calls = [
      append('likes tea'),
      ['core_memory_replace', { label: 'user', old_text: 'tea', new_text: 'cake' }] as const,
      ['archival_search', { text: 'nothing' }] as const,
      ['archival_insert', { text: 'A long story of tea.' }] as const,
    ]
    const { outcome, values, prompts, passages } = await remembering({ open, calls, provider })
    expect(outcome.stop).toBe('end_turn')
    expect(prompts.map((prompt) => /characters="(\d+)\/40"/.exec(prompt)?.[1])).toEqual(['3', '13', '14', '14', '14'])
    expect(prompts.map((prompt) => /, (\d) passage/.exec(prompt)?.[1])).toEqual(['0', '0', '0', '0', '1'])
    // What has not changed is the same text, so that a cache of the provider holds it.
    expect(prompts[3]).toBe(prompts[2])
    expect(prompts[0]).toMatch(/^You work at a desk\.\n\n<memory>\n/)
    expect(prompts[0]).toContain('2 earlier messages')
    expect(values).toEqual(['Ann\nlikes cake', 'Be kind.'])
    expect(passages).toEqual(['A long story of tea.'])
  })

  it('finds what was said on behalf of its owner, and of nobody else', async () => {
    const calls = [
      ['recall_search', { text: 'tea' }] as const,
      ['recall_search', { from: '2026-01-02', to: '2026-01-02' }] as const,
      ['recall_search', { to: '2026-01-01T00:00:00Z' }] as const,
    ]
    const { results } = await remembering({ open, calls })
    const found = results.map(
      (result) => JSON.parse(result) as { messages: { text: string; at: string }[]; total: number },
    )
    expect(found.map(({ messages }) => messages.map(({ text }) => text))).toEqual([
      ['Noted: tea.', 'I like green tea.'],
      ['Noted: tea.'],
      ['I like green tea.'],
    ])
    expect(found[0]).toMatchObject({ total: 2, messages: [{ at: '2026-01-02T00:00:00.000Z' }, {}] })
  })
})

const storeCalls = (events: readonly TraceEvent[]) =>
  events.filter((event) => event.type === 'request.sent' && event.upstream === 'memory') as RequestSent[]

describe('a change of memory that is refused', () => {
  it.each([
    ['core_memory_append', { label: 'users', text: 'x' }, /there is no block "users"; the blocks are user, rules/],
    ['core_memory_append', { label: 'rules', text: 'x' }, /the block "rules" is read-only/],
    ['core_memory_append', { label: 'user', text: 'x'.repeat(50) }, /14 characters over its 40/],
    ['core_memory_append', { label: 'user', text: '</memory_block>' }, /may not hold the tags/],
    ['core_memory_replace', { label: 'user', old_text: 'Bob', new_text: 'Ann' }, /does not hold that text/],
    ['core_memory_replace', { label: 'user', old_text: 'n', new_text: 'm' }, /more than once/],
  ])('is told to the model, and can be asked for again: %s', async (name, args, words) => {
    const { results, values } = await remembering({
      calls: [
        [name, args],
        [name, args],
      ] as never,
    })
    for (const result of results) {
      expect(result).toMatch(/^Error: core_memory_\w+ was not executed: /)
      expect(result).toMatch(words)
    }
    expect(results).toHaveLength(2)
    expect(values).toEqual(['Ann', 'Be kind.'])
  })

  it.each(['store.full', 'store.readonly'])(
    'because of %s loses nothing, and goes through when asked for again',
    async (id) => {
      const scene = { open: openStore, calls: [append('likes tea'), append('likes tea')] }
      const clear = await remembering(scene)
      const n = storeCalls(clear.events).findIndex(({ body }) => body.startsWith('UPDATE')) + 1
      const { results, values } = await remembering({ ...scene, faults: [storeFault(id, { on: 'nth', n })] })
      expect(results[0]).toContain('was not executed: the memory could not be written')
      expect(results[1]).toContain('is changed')
      expect(values).toEqual(['Ann\nlikes tea', 'Be kind.'])
    },
  )
})

describe('a block that there is not', () => {
  it('is an error of a kind of its own', async () => {
    const memory = new AgentMemory(memoryIn(await filled(memoryStore()), 'desk'))
    await expect(memory.edit('users', appended('tea'))).rejects.toMatchObject({ kind: 'no_such_block' })
  })
})

describe('two that change a block at once', () => {
  it('both do', async () => {
    const store = await filled(memoryStore())
    const [one, other] = [1, 2].map(() => new AgentMemory(memoryIn(store, 'desk')))
    await Promise.all([one?.edit('user', appended('tea')), other?.edit('user', appended('cake'))])
    expect((await store.blocks.list('desk'))[0]?.value).toBe('Ann\ntea\ncake')
  })

  it('of which one is always faster, tell the other so', async () => {
    const inStore = memoryIn(await filled(memoryStore()), 'desk')
    const memory = new AgentMemory({ ...inStore, changeBlock: () => Promise.resolve(false) })
    await expect(memory.edit('user', replaced('Ann', 'Bob'))).rejects.toMatchObject({ kind: 'store' })
  })
})

describe('a passage', () => {
  it('is kept once under one id', async () => {
    const memory = new AgentMemory(memoryIn(await filled(memoryStore()), 'desk'))
    await memory.archive('one', 'tea')
    await memory.archive('one', 'tea')
    expect(await memory.searchArchive({ text: 'tea', offset: 0, limit: 5 })).toMatchObject({ total: 1 })
  })
})

describe('a memory that cannot be trusted', () => {
  const struck = (id: string, n: number): Fault => ({
    ...{ id, target: { kind: 'store', name: 'recollection' }, trigger: { on: 'nth', n }, parameters: {} },
  })
  const wrap = (store: MemoryStore): MemoryStore => ({
    ...store,
    blocks: faultable({ kind: 'store', name: 'recollection' }, (options) => store.blocks(options)),
  })
  const calls = [append('likes tea'), ['archival_search', { text: 'tea' }] as const]

  it('and is unavailable from the start is not taken for empty', async () => {
    const { outcome, prompts } = await remembering({ calls: [], wrap, faults: [struck('memory.unavailable', 1)] })
    expect(outcome.stop).toBe('end_turn')
    expect(prompts[0]).toContain('cannot be read at the moment')
  })

  it('and is unavailable later leaves what was read last', async () => {
    const { outcome, prompts } = await remembering({ calls, wrap, faults: [struck('memory.unavailable', 3)] })
    expect(outcome.stop).toBe('end_turn')
    expect(prompts[1]).toBe(prompts[0])
    expect(prompts[2]).toContain('likes tea')
  })

  it('and hangs holds no step up for longer than a tool could', async () => {
    const { outcome, prompts, events } = await remembering({ calls, wrap, faults: [struck('function.hangs', 3)] })
    expect(outcome.stop).toBe('end_turn')
    expect(prompts[1]).toBe(prompts[0])
    const givenUp = events.find(({ type }) => type === 'request.aborted')
    const sent = events.findLast(({ type, at }) => type === 'request.sent' && at < (givenUp?.at ?? 0))
    // As long as `timeouts.toolMs` of the defaults.
    expect((givenUp?.at ?? 0) - (sent?.at ?? 0)).toBe(10_000)
  })

  it('and gives what it gave before overwrites nothing', async () => {
    const again = [append('likes tea'), append('and cake')]
    const { results, values } = await remembering({ calls: again, wrap, faults: [struck('memory.stale', 4)] })
    expect(results[1]).toContain('is changed')
    expect(values[0]).toBe('Ann\nlikes tea\nand cake')
  })
})

describe('a task that is cancelled while its memory is read', () => {
  it('ends as cancelled', async () => {
    const memory = new AgentMemory({
      ...memoryIn(memoryStore(), 'desk'),
      blocks: ({ signal } = {}) =>
        new Promise((_, reject) => signal?.addEventListener('abort', () => reject(new Error('aborted')))),
    })
    const caller = new AbortController()
    const reading = memory.text('now', { signal: caller.signal })
    caller.abort()
    expect((await rejection(reading)).name).toBe('CancelledError')
  })
})

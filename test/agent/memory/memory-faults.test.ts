import { openStore, storeFault, storeFile, storePath } from '../store/_store.ts'
import { DatabaseSync } from 'node:sqlite'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Fault } from '../../../src/contract/fault.ts'
import { AgentMemory } from '../../../src/agent/memory/agent-memory.ts'
import { memoryIn } from '../../../src/agent/memory/memory-store.ts'
import { memoryTools } from '../../../src/agent/memory/memory-tools.ts'
import type { BlockRecord } from '../../../src/agent/store/records/memory-records.ts'
import { createReferenceAgent } from '../../../src/agent/reference-agent.ts'
import type { ModelScript, ScriptedReply } from '../../../src/wire/model-script.ts'
import { openAiChat } from '../../../src/wire/openai/openai-chat.ts'
import { play } from '../../wire/_play.ts'
import { sleep } from '../_desk.ts'

type Use = 'append' | 'replace' | 'insert' | 'recall' | 'search'

/** What a use of memory asks the model's tools for; every text stands for one use alone. */
const callOf: Record<Use, (text: string) => { name: string; arguments: Record<string, string> }> = {
  append: (text) => ({ name: 'core_memory_append', arguments: { label: 'notes', text } }),
  replace: (text) => ({ name: 'core_memory_replace', arguments: { label: 'notes', old_text: 'last', new_text: text } }),
  insert: (text) => ({ name: 'archival_insert', arguments: { text } }),
  recall: () => ({ name: 'recall_search', arguments: { text: 'tea' } }),
  search: () => ({ name: 'archival_search', arguments: { text: 'first' } }),
}

const notes: BlockRecord = {
  ...{ owner: 'desk', label: 'notes', value: 'last', description: '', limitChars: 5_000 },
  ...{ isReadOnly: false, position: 0, updatedAtMs: 0 },
}
const said = { run: 'old', owner: 'desk', number: 0, position: null, keptAtMs: 0 } as const
const passage = { id: 'first', owner: 'desk', text: 'first', tags: [], embedding: null, createdAtMs: 0 }

interface Remembering {
  /** What each of the agents asks its memory for. */
  readonly agents: readonly (readonly Use[])[]
  /** Counted from the first statement after the memory was filled. */
  readonly faults?: readonly Fault[]
  /** Another program that uses the file meanwhile. */
  readonly meanwhile?: () => void
  /** Nothing of it can be looked at afterwards. */
  readonly isLost?: true
}

const healedAtMs = 100_000

/** Agents with a memory each, over connections of their own to one file: what each was told, and what is kept. */
async function remembering({ agents, faults = [], meanwhile, isLost }: Remembering) {
  const results = agents.map((): string[] => [])
  const textOf = (agent: number, use: number): string => `agent${agent}use${use} last`
  const script: ModelScript = ({ messages }): ScriptedReply => {
    const agent = Number(messages.find(({ role }) => role === 'user')?.text)
    const told = messages.filter(({ role }) => role === 'tool').map(({ text }) => text)
    results[agent]?.splice(0, Infinity, ...told)
    const use = agents[agent]?.[told.length]
    return use ? { toolCalls: [callOf[use](textOf(agent, told.length))] } : { content: 'Done.' }
  }
  const upstreams = [openAiChat({ name: 'primary', script }), storeFile()]
  const { value, events } = await play({ upstreams, faults, healAtMs: healedAtMs }, async () => {
    const filling = openStore()
    const message = { ...said, message: { role: 'user', content: 'I like tea.' } } as const
    await filling.write([filling.blocks.put(notes), filling.passages.put(passage), filling.messages.put(message)])
    await filling.close()
    meanwhile?.()
    const outcomes = await Promise.all(agents.map((_, agent) => run(String(agent))))
    if (isLost) return { outcomes, kept: { lines: [], passages: [], messages: 0 } }
    await sleep(healedAtMs)
    const store = openStore()
    const kept = {
      lines: (await store.blocks.list('desk'))[0]?.value.split('\n') ?? [],
      passages: (await store.passages.list('desk')).map(({ text }) => text),
      messages: await store.messages.count({ owner: 'desk' }),
    }
    await store.close()
    return { outcomes, kept }
  })
  return { ...value, results, textOf, events }
}

async function run(input: string) {
  const store = openStore()
  const memory = new AgentMemory(memoryIn(store, 'desk'))
  const client = { name: 'primary', apiKey: 'key', model: 'large', baseURL: 'https://api.openai.com/v1' }
  const agent = createReferenceAgent({
    client,
    instructions: 'Remember.',
    memory,
    tools: memoryTools(memory),
    maxSteps: 30,
  })
  const outcome = await agent({ id: input, input }, { signal: new AbortController().signal })
  await store.close()
  return outcome
}

/** The statements that fill the memory, after which faults strike. */
const filling = 4 + 1 + 3 + 1

const isDone = (told: string | undefined): boolean => told !== undefined && !told.startsWith('Error: ')

/** What a model is told of a use that failed: what was not done, and of which kind the failure is. */
const failure =
  /^Error: \w+ (was not executed|failed): (the memory could not be (read|written, and is as it was) \((busy|full|gone|failed)\)|the block "notes" (is being changed by somebody else|holds that text more than once|does not hold that text)).*\.$/

/** What must be kept, and nothing else, where these uses were acknowledged. */
function expectKept(
  { outcomes, kept, results, textOf }: Awaited<ReturnType<typeof remembering>>,
  agents: readonly (readonly Use[])[],
) {
  expect(outcomes.map(({ stop }) => stop)).toEqual(agents.map(() => 'end_turn'))
  const done = (use: Use): string[] =>
    agents.flatMap((uses, agent) =>
      uses.flatMap((one, index) => (one === use && isDone(results[agent]?.[index]) ? [textOf(agent, index)] : [])),
    )
  for (const told of results.flat()) if (!isDone(told)) expect(told).toMatch(failure)
  expect(results.map((told) => told.length)).toEqual(agents.map((uses) => uses.length))
  // Each stands there once: a replaced text has the word that the next one replaces.
  const words = kept.lines
    .join(' ')
    .split(' ')
    .filter((word) => word !== 'last')
  expect(words.toSorted()).toEqual([...done('append'), ...done('replace')].map((text) => text.split(' ')[0]).toSorted())
  expect(kept.passages.toSorted()).toEqual(['first', ...done('insert')].toSorted())
  expect(kept.messages).toBe(1)
  return { done }
}

const use = fc.constantFrom<Use[]>('append', 'replace', 'insert', 'recall', 'search')
const struck = fc
  .record({
    id: fc.constantFrom('store.busy', 'store.full', 'store.readonly', 'store.connection', 'store.query'),
    from: fc.integer({ min: 1, max: 60 }),
    length: fc.integer({ min: 1, max: 10 }),
  })
  .map(({ id, from, length }) => storeFault(id, { on: 'burst', from: filling + from, length }))

const uses = ['append', 'replace', 'insert', 'recall', 'search'] as const
const kinds = [
  ['store.busy', 'busy'],
  ['store.full', 'full'],
  ['store.connection', 'gone'],
  ['store.readonly', 'failed'],
  ['store.query', 'failed'],
] as const

describe.each(uses)('a memory whose store fails at each statement of %s', (one) => {
  it.each(kinds)('tells the model so, as often as it asks: %s', async (id, kind) => {
    const faults = [storeFault(id, { on: 'burst', from: filling + 1, length: 200 })]
    const made = await remembering({ agents: [[one, one]], faults })
    expectKept(made, [[one, one]])
    const failed = made.results[0]?.filter((told) => told.includes(`(${kind})`))
    // A disk that is full and a file that takes no writes can be read.
    const isRead = (one === 'recall' || one === 'search') && (id === 'store.full' || id === 'store.readonly')
    expect(failed).toHaveLength(isRead ? 0 : 2)
  })
})

describe('a memory whose store fails', () => {
  it.each(uses)('for good, since the file is damaged, says so: %s', async (one) => {
    const faults = [storeFault('store.corrupt', { on: 'nth', n: filling + 1 }, { form: 'pages' })]
    await expect(remembering({ agents: [[one]], faults, isLost: true })).resolves.toMatchObject({
      outcomes: [{ stop: 'end_turn' }],
      results: [[expect.stringContaining('(corrupt)')]],
    })
  })

  it('tells the model each time, of which kind the failure is, and keeps what was acknowledged and no more', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(use, { minLength: 1, maxLength: 8 }),
        fc.array(struck, { minLength: 1, maxLength: 3 }),
        async (uses, faults) => {
          expectKept(await remembering({ agents: [uses], faults }), [uses])
        },
      ),
      { numRuns: 40 },
    )
  })
})

describe('agents that share a memory over connections of their own', () => {
  it('lose no change of one another, whatever befalls the store', async () => {
    const agents = fc.array(fc.array(use, { minLength: 1, maxLength: 5 }), { minLength: 2, maxLength: 3 })
    await fc.assert(
      fc.asyncProperty(agents, fc.array(struck, { maxLength: 2 }), async (uses, faults) => {
        expectKept(await remembering({ agents: uses, faults }), uses)
      }),
      { numRuns: 40 },
    )
  })

  it('wait for a lock that another program holds', async () => {
    const agents = [['append', 'insert'], ['append']] as const
    const made = await remembering({ agents, meanwhile: () => holdFor(600) })
    const { done } = expectKept(made, agents)
    expect([...done('append'), ...done('insert')]).toHaveLength(3)
    expect(busy(made)).toBeGreaterThan(2)
  })

  it('tell of one that is held for too long, and can be asked again', async () => {
    const agents = [
      ['append', 'append'],
      ['append', 'append'],
    ] as const
    const made = await remembering({ agents, meanwhile: () => holdFor(2_500) })
    const { done } = expectKept(made, agents)
    expect(made.results.map(([first]) => first)).toEqual(
      agents.map(
        () => 'Error: core_memory_append was not executed: the memory could not be written, and is as it was (busy).',
      ),
    )
    expect(done('append')).toHaveLength(2)
  })

  /** Holds the lock by which nobody else can read or write. */
  function holdFor(ms: number): void {
    const database = new DatabaseSync(storePath)
    database.exec('BEGIN EXCLUSIVE')
    setTimeout(() => {
      database.exec('COMMIT')
      database.close()
    }, ms)
  }

  const busy = ({ events }: Awaited<ReturnType<typeof remembering>>): number =>
    events.filter((event) => event.type === 'request.failed' && event.cause === 'SQLITE_BUSY').length
})

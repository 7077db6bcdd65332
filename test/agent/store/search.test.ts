import { openStore, stores, storePath, withFile } from './_store.ts'
import { DatabaseSync } from 'node:sqlite'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Message } from '../../../src/agent/messages/message.ts'
import type { AgentStore } from '../../../src/agent/store/agent-store.ts'
import type { Count, Search } from '../../../src/agent/store/findable.ts'
import { memoryStore } from '../../../src/agent/store/memory-store.ts'
import type { MessageRecord } from '../../../src/agent/store/records/message-record.ts'

const said = (number: number, message: Message, more: Partial<MessageRecord> = {}): MessageRecord => ({
  ...{ run: 'r', owner: 'Ann', number, position: null, message, keptAtMs: number },
  ...more,
})

describe.each(Object.entries(stores))('the messages of a store %s', (_name, open) => {
  const messages = [
    said(0, { role: 'system', content: 'tea' }),
    said(1, { role: 'user', content: 'I like tea.' }),
    said(2, { role: 'assistant', content: null, calls: [{ id: 'c', name: 'f', argumentsText: '{}' }], reasoning: [] }),
    said(3, { role: 'tool', callId: 'c', content: 'tea' }),
    said(4, { role: 'assistant', content: 'Tea, tea it is.', calls: [], reasoning: [] }),
    said(5, { role: 'user', content: 'They spoke of tea.', isSummary: true }),
    said(6, { role: 'user', content: 'And cake.' }),
    said(7, { role: 'user', content: 'My tea.' }, { owner: 'Bob' }),
    said(8, { role: 'user', content: 'Whose tea?' }, { owner: null }),
  ]
  const asked = async <Answer>(ask: (store: AgentStore) => Promise<Answer>): Promise<Answer> => {
    const { value } = await withFile(async () => {
      const store = open()
      await store.write(messages.map((one) => store.messages.put(one)))
      const answer = await ask(store)
      await store.close()
      return answer
    })
    return value
  }
  const texts = (search: Partial<Search>) =>
    asked(async (store) =>
      (await store.messages.search({ owner: 'Ann', offset: 0, limit: 10, ...search })).found.map(
        ({ message }) => message.content,
      ),
    )

  it('are found where user or assistant of the owner said them, and no others', async () => {
    expect(await texts({})).toEqual(['And cake.', 'Tea, tea it is.', 'I like tea.'])
    expect(await texts({ text: 'tea' })).toEqual(['Tea, tea it is.', 'I like tea.'])
    expect(await texts({ text: '!?' })).toEqual([])
  })

  it('are ranked by different words, then by how often they stand there, then by age', async () => {
    expect(await texts({ text: 'and TEA' })).toEqual(['Tea, tea it is.', 'And cake.', 'I like tea.'])
    expect(await texts({ text: 'i like cake' })).toEqual(['I like tea.', 'And cake.'])
  })

  it('are found within a range of time, its start included and its end not', async () => {
    expect(await texts({ fromMs: 1, beforeMs: 4 })).toEqual(['I like tea.'])
    expect(await texts({ fromMs: 2, beforeMs: 7, text: 'tea cake' })).toEqual(['Tea, tea it is.', 'And cake.'])
  })

  it('are counted, but for those that are in the context of a run', async () => {
    const counts = await asked(async (store) => {
      await store.write([store.messages.put({ ...messages[1], position: 3 } as MessageRecord)])
      const count = (rest: Partial<Count>) => store.messages.count({ owner: 'Ann', ...rest })
      return [await count({}), await count({ notShownIn: 'r' }), await count({ notShownIn: 'another' })]
    })
    expect(counts).toEqual([3, 2, 3])
  })
})

describe('a search in an SQLite file', () => {
  const search = async (explain: readonly string[] = []) =>
    withFile(async () => {
      const store = openStore()
      await store.messages.search({ owner: 'Ann', text: 'tea', offset: 0, limit: 1 })
      await store.messages.count({ owner: 'Ann', notShownIn: 'r' })
      await store.close()
      const database = new DatabaseSync(storePath)
      return explain.flatMap((sql) => database.prepare(`EXPLAIN QUERY PLAN ${sql}`).all()).map(({ detail }) => detail)
    })

  it('reads words and counts by indices, and no table from end to end', async () => {
    const { events } = await search()
    const selects = events.flatMap((event) =>
      event.type === 'request.sent' && event.body.startsWith('SELECT') ? [event.body.split('\n')[0] ?? ''] : [],
    )
    expect(selects).toHaveLength(3)
    const { value: plan } = await search(selects)
    expect(plan).toContain('SEARCH messages_words USING PRIMARY KEY (owner=? AND word=? AND at>? AND at<?)')
    expect(plan).toContain('SEARCH messages USING COVERING INDEX messages_by_owner (owner=?)')
    expect(plan.filter((line) => /^SCAN (messages|passages)/.test(String(line)))).toEqual([])
  })
})

const words = fc.array(
  fc.constantFrom(
    'tea',
    'tea',
    'Tea',
    'cake',
    'cake',
    'CAFÉ',
    'cafe\u0301',
    'ﬁ',
    '茶',
    '1001',
    '-',
    '\0',
    '"',
    'constructor',
  ),
  {
    maxLength: 6,
  },
)
const text = fc.oneof(
  { weight: 4, arbitrary: words.map((all) => all.join(' ')) },
  { weight: 1, arbitrary: fc.string({ unit: 'binary', maxLength: 12 }) },
)
const owner = fc.constantFrom('Ann', 'Ann', 'Ann', 'Bob')
const moment = fc.integer({ min: -2, max: 4 })

const change = fc.record({
  kind: fc.constantFrom('put' as const, 'put' as const, 'add' as const, 'replace' as const, 'remove' as const),
  id: fc.nat({ max: 9 }),
  owner,
  text,
  atMs: moment,
  isShown: fc.boolean(),
})

const query: fc.Arbitrary<Search> = fc.record(
  {
    owner,
    text,
    fromMs: moment,
    beforeMs: moment,
    offset: fc.nat({ max: 3 }),
    limit: fc.integer({ min: 1, max: 4 }),
  },
  { requiredKeys: ['owner', 'offset', 'limit'] },
)

type Changes = typeof change extends fc.Arbitrary<infer One> ? readonly One[] : never

/** What a store finds after these changes. */
async function findings(store: AgentStore, changes: Changes, queries: readonly Search[]) {
  const { messages, passages } = store
  for (const { kind, id, owner: whose, text: content, atMs, isShown } of changes) {
    const rest = { run: `run ${id % 3}`, number: id, position: isShown ? id : null, owner: whose, keptAtMs: atMs }
    const message: MessageRecord = { ...rest, message: { role: 'user', content } }
    const passage = { id: String(id), owner: whose, text: content, tags: [], embedding: null, createdAtMs: atMs }
    const wasMessage = (await messages.get(messages.idOf(message))) ?? message
    const wasPassage = (await passages.get(String(id))) ?? passage
    const both =
      kind === 'replace'
        ? [messages.replace(wasMessage, message), passages.replace(wasPassage, passage)]
        : [messages[kind](message), passages[kind](passage)]
    for (const one of both) await store.write([one])
  }
  const found: unknown[] = []
  for (const one of queries) {
    found.push(await messages.search(one), await passages.search(one))
    found.push(
      await messages.count(one),
      await messages.count({ ...one, notShownIn: 'run 1' }),
      await passages.count(one),
    )
  }
  await store.close()
  return found
}

it('every store finds the same in the same order, whatever was written, changed and removed', async () => {
  const queries = fc.array(query, { minLength: 1, maxLength: 5 })
  await fc.assert(
    fc.asyncProperty(fc.array(change, { minLength: 4, maxLength: 16 }), queries, async (changes, asked) => {
      const expected = await findings(memoryStore(), changes, asked)
      const { value } = await withFile(() => findings(openStore(), changes, asked))
      expect(value).toEqual(expected)
    }),
    { numRuns: 100 },
  )
})

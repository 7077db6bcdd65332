import type { Page } from '../memory/text-search.ts'
import type { AgentStore, FindablePort, Port, StoreOptions } from './agent-store.ts'
import type { Collection, Row } from './collection.ts'
import { collections } from './collections.ts'
import type { CollectionName, FindableName } from './collections.ts'
import type { Count, Search } from './findable.ts'
import { StoreError } from './store-error.ts'

/** How an implementation finds the text of records. */
export interface Reader {
  get(collection: CollectionName, id: string, options?: StoreOptions): Promise<string | null>
  list(collection: CollectionName, scope: string | null, options?: StoreOptions): Promise<readonly string[]>
  count(collection: FindableName, count: Count, options?: StoreOptions): Promise<number>
  search(collection: FindableName, search: Search, options?: StoreOptions): Promise<Page<string>>
}

/** The ports of a store over its reader. */
export function portsOver(reader: Reader): Omit<AgentStore, 'write' | 'close'> {
  return {
    runs: portOf('runs', collections.runs, reader),
    steps: portOf('steps', collections.steps, reader),
    messages: findablePortOf('messages', collections.messages, reader),
    blocks: portOf('blocks', collections.blocks, reader),
    passages: findablePortOf('passages', collections.passages, reader),
    approvals: portOf('approvals', collections.approvals, reader),
    effects: portOf('effects', collections.effects, reader),
    traces: portOf('traces', collections.traces, reader),
    breakers: portOf('breakers', collections.breakers, reader),
    answers: portOf('answers', collections.answers, reader),
  }
}

function findablePortOf<Stored>(name: FindableName, kind: Collection<Stored>, reader: Reader): FindablePort<Stored> {
  return {
    ...portOf(name, kind, reader),
    count: (count, options) => reader.count(name, count, options),
    async search(search, options) {
      const page = await reader.search(name, search, options)
      return { ...page, found: page.found.map((body) => parseRecord(name, kind.schema, body)) }
    },
  }
}

function portOf<Stored>(name: CollectionName, kind: Collection<Stored>, reader: Reader): Port<Stored> {
  const { schema, idOf, scopeOf, orderOf, findableAs } = kind
  /** Parsed on the way in as well: the text of equal records is equal, and what cannot be read is not written. */
  const rowOf = (record: Stored): Row => {
    const checked = schema.parse(record)
    const find = findableAs?.(checked) ?? null
    return { id: idOf(checked), scope: scopeOf(checked), order: orderOf(checked), body: JSON.stringify(checked), find }
  }
  const read = (body: string): Stored => parseRecord(name, schema, body)
  return {
    async get(id, options) {
      const body = await reader.get(name, id, options)
      return body === null ? null : read(body)
    },
    list: async (scope, options) => (await reader.list(name, scope, options)).map(read),
    idOf,
    add: (record) => ({ kind: 'add', collection: name, row: rowOf(record) }),
    put: (record) => ({ kind: 'put', collection: name, row: rowOf(record) }),
    replace: (was, record) => ({ kind: 'replace', collection: name, row: rowOf(record), was: rowOf(was).body }),
    remove: (record) => ({ kind: 'remove', collection: name, id: idOf(record) }),
  }
}

function parseRecord<Stored>(name: CollectionName, schema: Collection<Stored>['schema'], body: string): Stored {
  try {
    return schema.parse(JSON.parse(body))
  } catch (error) {
    throw new StoreError('corrupt', `The store cannot be used: a record of its ${name} is not what was written.`, {
      cause: error,
    })
  }
}

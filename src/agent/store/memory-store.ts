import { interruptionOf } from '../errors/interruption.ts'
import type { AgentStore } from './agent-store.ts'
import type { Change, Row } from './collection.ts'
import { countIn, inOrder, searchIn } from './memory-search.ts'
import { portsOver } from './ports.ts'
import { StoreError } from './store-error.ts'

type Tables = Map<string, Map<string, Row>>

/** A store that lives as long as its process: for tests, and for an agent that need not survive it. */
export function memoryStore(): AgentStore {
  let tables: Tables = new Map()
  let isClosed = false
  const open = (signal?: AbortSignal): Tables => {
    if (isClosed) throw new StoreError('failed', 'The store is closed; make a new one.')
    if (signal?.aborted) throw interruptionOf(signal)
    return tables
  }
  const ports = portsOver({
    get: async (name, id, options) => Promise.resolve(open(options?.signal).get(name)?.get(id)?.body ?? null),
    list: async (name, scope, options) => {
      const rows = [...(open(options?.signal).get(name)?.values() ?? [])]
      const wanted = scope === null ? rows : rows.filter((row) => row.scope === scope)
      return Promise.resolve(wanted.sort(inOrder).map(({ body }) => body))
    },
    count: async (name, count, options) =>
      Promise.resolve(countIn(open(options?.signal).get(name)?.values() ?? [], count)),
    search: async (name, search, options) =>
      Promise.resolve(searchIn(open(options?.signal).get(name)?.values() ?? [], search)),
  })
  return {
    ...ports,
    async write(changes, options) {
      const changed = new Map([...open(options?.signal)].map(([name, rows]) => [name, new Map(rows)]))
      if (!changes.every((change) => hasApplied(change, changed))) return Promise.resolve(false)
      tables = changed
      return Promise.resolve(true)
    },
    async close() {
      isClosed = true
      return Promise.resolve()
    },
  }
}

function hasApplied(change: Change, tables: Tables): boolean {
  const rows = tables.get(change.collection) ?? new Map<string, Row>()
  tables.set(change.collection, rows)
  if (change.kind === 'remove') {
    rows.delete(change.id)
    return true
  }
  const before = rows.get(change.row.id)
  if (change.kind === 'add' && before !== undefined) return false
  if (change.kind === 'replace' && before?.body !== change.was) return false
  rows.set(change.row.id, change.row)
  return true
}

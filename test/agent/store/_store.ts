// First: what is imported before the simulation is in place escapes it.
import '../../simulation/_install.ts'
import type { TraceEvent } from '../../../src/contract/event.ts'
import type { Fault, Trigger } from '../../../src/contract/fault.ts'
import type { JsonObject } from '../../../src/contract/json.ts'
import type { AgentStore } from '../../../src/agent/store/agent-store.ts'
import { memoryStore } from '../../../src/agent/store/memory-store.ts'
import type { RunRecord, StepRecord } from '../../../src/agent/store/records/run-records.ts'
import { sqliteAgentStore } from '../../../src/agent/store/sqlite/sqlite-store.ts'
import type { SqliteStoreOptions } from '../../../src/agent/store/sqlite/sqlite-store.ts'
import { sqliteStore } from '../../../src/wire/stores/sqlite-store.ts'
import { play } from '../../wire/_play.ts'

export const storePath = '/var/lib/agent/memory.sqlite'

/** The file of the agent's store, as a scenario declares it. */
export const storeFile = () => sqliteStore({ name: 'memory', path: storePath })

/** Opens the store in the file of the world. */
export const openStore = (options: Partial<SqliteStoreOptions> = {}) =>
  sqliteAgentStore({ path: storePath, ...options })

/** The implementations, each opened by its name; two of a file share what is in it. */
export const stores: Readonly<Record<string, () => AgentStore>> = {
  'in memory': memoryStore,
  'in an SQLite file with a write-ahead log': () => openStore({ journal: 'wal' }),
  'in an SQLite file with a rollback journal': () => openStore(),
}

/** Plays a scene with the file of a store. */
export function withFile<Value>(scene: () => Promise<Value>, faults: readonly Fault[] = []) {
  return play({ upstreams: [storeFile()], faults }, scene)
}

/** A fault on statements of the store. */
export function storeFault(id: string, trigger: Trigger, parameters: JsonObject = {}): Fault {
  return { id, target: { kind: 'store', name: 'memory' }, trigger, parameters }
}

/** The statements that the store carried out, and what became of those that failed. */
export function statements(events: readonly TraceEvent[]): string[] {
  return events.flatMap((event) => {
    if (event.type === 'request.sent') return [`${event.method} ${event.body.split('\n')[0]?.slice(0, 40)}`.trim()]
    return event.type === 'request.failed' ? [`× ${event.cause}`] : []
  })
}

export function runNamed(id: string, input = 'Refund A-1.'): RunRecord {
  const end = { stop: null, answer: null, endedAtMs: null } as const
  const record = { usage: null, requestMs: null, timeToFirstTokenMs: null }
  return { id, input, user: null, status: 'running', startedAtMs: 0, ...end, ...record }
}

export function stepOf(run: string, number: number, startedAtMs = 0): StepRecord {
  const open = { status: 'pending', reply: null, endedAtMs: null, failure: null, cost: null } as const
  return { run, number, calls: [], invalidReplies: 0, startedAtMs, progression: 'started', ...open }
}

import type { AgentStore, StoreOptions } from '../store/agent-store.ts'
import type { BlockRecord, PassageRecord } from '../store/records/memory-records.ts'
import type { MessageRecord } from '../store/records/message-record.ts'

/** The port through which an agent remembers. What was acknowledged is there afterwards. */
export interface MemoryStore {
  /** Core blocks, in their order. */
  blocks(options?: StoreOptions): Promise<readonly BlockRecord[]>
  /** False where the block is no longer as it was read. */
  changeBlock(was: BlockRecord, becomes: BlockRecord, options?: StoreOptions): Promise<boolean>
  /** Messages of all runs, the oldest first. */
  messages(options?: StoreOptions): Promise<readonly MessageRecord[]>
  /** Passages of archival memory, the oldest first. */
  passages(options?: StoreOptions): Promise<readonly PassageRecord[]>
  /** Adds a passage; one with its id that is there already is the same one. */
  addPassage(passage: Omit<PassageRecord, 'owner'>, options?: StoreOptions): Promise<void>
}

/** The memory of one owner in a store: its blocks and passages, and the messages of the runs on its behalf. */
export function memoryIn(store: AgentStore, owner: string): MemoryStore {
  return {
    blocks: (options) => store.blocks.list(owner, options),
    changeBlock: (was, becomes, options) => store.write([store.blocks.replace(was, becomes)], options),
    async messages(options) {
      const runs = (await store.runs.list(null, options)).filter(({ user }) => user === owner)
      const messages: MessageRecord[] = []
      for (const { id } of runs) messages.push(...(await store.messages.list(id, options)))
      return messages.sort((one, other) => one.keptAtMs - other.keptAtMs)
    },
    passages: (options) => store.passages.list(owner, options),
    async addPassage(passage, options) {
      await store.write([store.passages.add({ ...passage, owner })], options)
    },
  }
}

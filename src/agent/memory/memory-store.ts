import type { AgentStore, StoreOptions } from '../store/agent-store.ts'
import type { Search } from '../store/findable.ts'
import type { BlockRecord, PassageRecord } from '../store/records/memory-records.ts'
import type { MessageRecord } from '../store/records/message-record.ts'
import type { MemoryCounts } from './memory-prompt.ts'
import type { RecallQuery } from './recall.ts'
import type { Page } from './text-search.ts'

/** The port through which an agent remembers. What was acknowledged is there afterwards. */
export interface MemoryStore {
  /** Core blocks, in their order. */
  blocks(options?: StoreOptions): Promise<readonly BlockRecord[]>
  /** False where the block is no longer as it was read. */
  changeBlock(was: BlockRecord, becomes: BlockRecord, options?: StoreOptions): Promise<boolean>
  /** How much can be searched that is not in the context of this run. */
  counts(run: string, options?: StoreOptions): Promise<MemoryCounts>
  /** Messages of all runs, a page of them. */
  recall(query: RecallQuery, options?: StoreOptions): Promise<Page<MessageRecord>>
  /** Passages of archival memory, a page of them. */
  searchPassages(query: Omit<Search, 'owner'>, options?: StoreOptions): Promise<Page<PassageRecord>>
  /** Adds a passage; one with its id that is there already is the same one. */
  addPassage(passage: Omit<PassageRecord, 'owner'>, options?: StoreOptions): Promise<void>
}

/** The memory of one owner in a store: its blocks and passages, and the messages of the runs on its behalf. */
export function memoryIn(store: AgentStore, owner: string): MemoryStore {
  const { blocks, messages, passages } = store
  return {
    blocks: (options) => blocks.list(owner, options),
    changeBlock: (was, becomes, options) => store.write([blocks.replace(was, becomes)], options),
    async counts(run, options) {
      const recall = await messages.count({ owner, notShownIn: run }, options)
      return { recall, archival: await passages.count({ owner }, options) }
    },
    recall: (query, options) => messages.search({ ...query, owner }, options),
    searchPassages: (query, options) => passages.search({ ...query, owner }, options),
    async addPassage(passage, options) {
      await store.write([passages.add({ ...passage, owner })], options)
    },
  }
}

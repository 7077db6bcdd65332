import { interruptionOf } from '../errors/interruption.ts'
import type { StoreOptions } from '../store/agent-store.ts'
import type { BlockRecord, PassageRecord } from '../store/records/memory-records.ts'
import { StoreError } from '../store/store-error.ts'
import { editedValue } from './block-edit.ts'
import type { BlockEdit } from './block-edit.ts'
import { MemoryError } from './memory-error.ts'
import { memoryText, unreadableMemory } from './memory-prompt.ts'
import type { MemoryStore } from './memory-store.ts'
import { asRecalled } from './recall.ts'
import type { RecallQuery, RecalledMessage } from './recall.ts'
import type { Page } from './text-search.ts'

/** So often somebody else may change a block between reading and writing it. */
const editAttempts = 3

/**
 * What one agent remembers on behalf of one owner: core blocks that it always sees, and what it can search.
 *
 * Others may share the memory, in this process and in others: each change is made on what stands in the store at that
 * moment, and none is lost. An agent for several owners is one agent for each.
 */
export class AgentMemory {
  readonly #store: MemoryStore
  #lastText = unreadableMemory

  constructor(store: MemoryStore) {
    this.#store = store
  }

  /** The memory part of the system prompt, as it was when the store was last read. */
  get lastText(): string {
    return this.#lastText
  }

  /**
   * The memory part of the system prompt, as memory is now.
   *
   * Where the store cannot be read, it is the last that could be, or else words that say so: a run goes on without its
   * memory, and does not take it for empty.
   *
   * @param run whose messages in context are shown, and so not counted as earlier ones
   * @throws what interrupted the task or step
   */
  async text(run: string, options: StoreOptions = {}): Promise<string> {
    try {
      const blocks = await this.#store.blocks(options)
      this.#lastText = memoryText(blocks, await this.#store.counts(run, options))
    } catch {
      if (options.signal?.aborted) throw interruptionOf(options.signal)
    }
    return this.#lastText
  }

  /**
   * Changes a block and returns it as it is then.
   *
   * @throws {MemoryError} where it is not changed
   */
  async edit(label: string, edit: BlockEdit, options: StoreOptions = {}): Promise<BlockRecord> {
    return asMemoryError('written, and is as it was', options, async () => {
      for (let attempt = 1; attempt <= editAttempts; attempt++) {
        const blocks = await this.#store.blocks(options)
        const block = blocks.find((one) => one.label === label)
        if (!block) throw new MemoryError('no_such_block', `there is no block "${label}"; ${labels(blocks)}`)
        const becomes = { ...block, value: editedValue(block, edit), updatedAtMs: Date.now() }
        if (await this.#store.changeBlock(block, becomes, options)) return becomes
      }
      throw new MemoryError('store', `the block "${label}" is being changed by somebody else; try again`)
    })
  }

  /**
   * Earlier messages by their words, the best first, or without words the newest first.
   *
   * @throws {MemoryError} where they cannot be read
   */
  async recall(query: RecallQuery, options: StoreOptions = {}): Promise<Page<RecalledMessage>> {
    const page = await asMemoryError('read', options, () => this.#store.recall(query, options))
    return { ...page, found: page.found.map(asRecalled) }
  }

  /**
   * Keeps a text in archival memory.
   *
   * @param id of one text, so that it is there once, however often it is inserted
   * @throws {MemoryError} where it is not kept
   */
  async archive(id: string, text: string, options: StoreOptions = {}): Promise<void> {
    const passage = { id, text, tags: [], embedding: null, createdAtMs: Date.now() }
    await asMemoryError('written, and is as it was', options, () => this.#store.addPassage(passage, options))
  }

  /**
   * Passages by their words, the best first.
   *
   * @throws {MemoryError} where they cannot be read
   */
  async searchArchive(
    query: { readonly text: string; readonly offset: number; readonly limit: number },
    options: StoreOptions = {},
  ): Promise<Page<PassageRecord>> {
    return asMemoryError('read', options, () => this.#store.searchPassages(query, options))
  }
}

/** Of a write that failed nothing is written, so that it can be told as what it is and asked for again. */
async function asMemoryError<Result>(
  what: string,
  { signal }: StoreOptions,
  work: () => Promise<Result>,
): Promise<Result> {
  try {
    return await work()
  } catch (error) {
    if (signal?.aborted) throw interruptionOf(signal)
    if (!(error instanceof StoreError)) throw error
    throw new MemoryError('store', `the memory could not be ${what} (${error.kind})`, { cause: error })
  }
}

function labels(blocks: readonly BlockRecord[]): string {
  return blocks.length === 0 ? 'there are none' : `the blocks are ${blocks.map(({ label }) => label).join(', ')}`
}

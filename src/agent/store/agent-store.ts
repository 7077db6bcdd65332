import type { Page } from '../memory/text-search.ts'
import type { Change } from './collection.ts'
import type { Count, Search } from './findable.ts'
import type { ApprovalRecord, EffectRecord } from './records/effect-records.ts'
import type { BreakerRecord, KeptAnswerRecord } from './records/guard-records.ts'
import type { BlockRecord, PassageRecord } from './records/memory-records.ts'
import type { MessageRecord } from './records/message-record.ts'
import type { RunRecord, StepRecord, TraceRecord } from './records/run-records.ts'

/** What ends the waits of an operation. */
export interface StoreOptions {
  readonly signal?: AbortSignal
}

/**
 * One kind of record: it reads, and makes the changes that {@link AgentStore.write} carries out.
 *
 * @throws {StoreError} from every reading; `corrupt` also for a record that is not what its kind wants
 */
export interface Port<Stored> {
  /** Null where there is none. */
  get(id: string, options?: StoreOptions): Promise<Stored | null>
  /** Those of one scope, or all, in their order. */
  list(scope: string | null, options?: StoreOptions): Promise<readonly Stored[]>
  /** By which a record is got. */
  idOf(record: Stored): string
  /** Holds only where there is none with its id. */
  add(record: Stored): Change
  /** Holds always: the last one written is there. */
  put(record: Stored): Change
  /** Holds only where it still is exactly as it was read. */
  replace(was: Stored, record: Stored): Change
  remove(record: Stored): Change
}

/** A kind of record that is searched too. The same search finds the same in the same order, whatever the store. */
export interface FindablePort<Stored> extends Port<Stored> {
  count(count: Count, options?: StoreOptions): Promise<number>
  /** One page: by words the best first, as `ranked` says, without words the newest first. */
  search(search: Search, options?: StoreOptions): Promise<Page<Stored>>
}

/** Where the agent keeps what must outlive its process. What was acknowledged is there afterwards. */
export interface AgentStore {
  readonly runs: Port<RunRecord>
  readonly steps: Port<StepRecord>
  readonly messages: FindablePort<MessageRecord>
  readonly blocks: Port<BlockRecord>
  readonly passages: FindablePort<PassageRecord>
  readonly approvals: Port<ApprovalRecord>
  readonly effects: Port<EffectRecord>
  readonly traces: Port<TraceRecord>
  readonly breakers: Port<BreakerRecord>
  readonly answers: Port<KeptAnswerRecord>
  /**
   * Carries out all changes, or none: false where one of them does not hold.
   *
   * Writes are carried out in the order in which they were asked for.
   *
   * @throws {StoreError} where nothing is written
   */
  write(changes: readonly Change[], options?: StoreOptions): Promise<boolean>
  /** Lets what was asked for come to its end, and the file go; what is asked for afterwards is refused. */
  close(): Promise<void>
}

import type { Conversation } from '../messages/conversation.ts'
import type { Message } from '../messages/message.ts'
import { StopError } from '../errors/stop-error.ts'
import type { AgentStore } from './agent-store.ts'
import type { Change } from './collection.ts'
import type { MessageRecord } from './records/message-record.ts'

/**
 * The conversation of one run as the store has it.
 *
 * Messages are known by identity: a conversation is replaced and never edited, so that what is the same object is the
 * same message. What a conversation no longer has leaves the context, and stays in the store.
 */
export class KeptConversation {
  readonly #store: AgentStore
  readonly #run: string
  readonly #owner: string | null
  #inContext: readonly MessageRecord[] = []
  #nextNumber = 0

  /** @param owner on whose behalf the run is */
  constructor(store: AgentStore, run: string, owner: string | null) {
    this.#store = store
    this.#run = run
    this.#owner = owner
  }

  /** Reads the conversation. */
  async load(): Promise<Conversation> {
    const records = await this.#store.messages.list(this.#run)
    this.#nextNumber = records.length
    this.#inContext = records
      .filter(({ position }) => position !== null)
      .sort((a, b) => Number(a.position) - Number(b.position))
    return this.conversation
  }

  /** As it was kept last. */
  get conversation(): Conversation {
    return this.#inContext.map(({ message }) => message)
  }

  /**
   * Keeps a conversation, together with other changes, or nothing of it all.
   *
   * @throws {StopError} where another process is at the same run
   */
  async keep(conversation: Conversation, changes: readonly Change[]): Promise<void> {
    if (await this.hasKept(conversation, changes)) return
    throw new StopError('error', `The task "${this.#run}" is being run by another process.`)
  }

  /** Keeps a conversation as {@link keep} does; false where another process has changed it, and nothing is kept. */
  async hasKept(conversation: Conversation, changes: readonly Change[] = []): Promise<boolean> {
    const { messages } = this.#store
    const known = new Map(this.#inContext.map((record) => [record.message, record]))
    let next = this.#nextNumber
    const records = conversation.map((message, position) => {
      const record = known.get(message)
      return record ? { ...record, position } : this.#recordOf(message, next++, position)
    })
    const isKept = new Set<Message>(conversation)
    const written = records.flatMap((record) => {
      const before = known.get(record.message)
      if (!before) return [messages.add(record)]
      return before.position === record.position ? [] : [messages.replace(before, record)]
    })
    const left = this.#inContext.filter(({ message }) => !isKept.has(message))
    const leaving = left.map((record) => messages.replace(record, { ...record, position: null }))
    if (!(await this.#store.write([...changes, ...leaving, ...written]))) return false
    this.#inContext = records
    this.#nextNumber = next
    return true
  }

  /** Changes that keep messages of a step that failed, out of context. */
  aside(messages: readonly Message[], failedInStep: number): Change[] {
    const first = this.#nextNumber
    this.#nextNumber += messages.length
    return messages.map((message, index) =>
      this.#store.messages.add({ ...this.#recordOf(message, first + index, null), failedInStep }),
    )
  }

  #recordOf(message: Message, number: number, position: number | null): MessageRecord {
    return { run: this.#run, owner: this.#owner, number, position, message, keptAtMs: Date.now() }
  }
}

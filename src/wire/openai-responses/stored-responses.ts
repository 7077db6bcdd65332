import { type InputItem, isReference } from './response-items.ts'

/** A conversation as far as the service knows it, and what it would have to know for the rest. */
export interface Conversation {
  readonly items: readonly InputItem[]
  /** A response or an item that the request names and the service has not kept. */
  readonly missing: { readonly kind: 'response' | 'item'; readonly id: string } | null
}

/** The responses of one trial that the service keeps, so that later requests can continue and refer to them. */
export class StoredResponses {
  readonly #conversations = new Map<string, readonly InputItem[]>()
  readonly #items = new Map<string, InputItem>()

  /** Keeps a response together with the conversation that it ends. */
  keep(id: string, before: readonly InputItem[], output: readonly InputItem[]): void {
    this.#conversations.set(id, [...before, ...output])
    for (const item of output) if ('id' in item && item.id !== undefined) this.#items.set(item.id, item)
  }

  /** The items that a request continues, and its own. */
  conversation(previous: string | null | undefined, input: readonly InputItem[]): Conversation {
    const before = previous === null || previous === undefined ? [] : this.#conversations.get(previous)
    if (before === undefined) return { items: input, missing: { kind: 'response', id: previous ?? '' } }
    const items: InputItem[] = [...before]
    let missing: Conversation['missing'] = null
    for (const item of input) {
      const known = isReference(item) ? this.#items.get(item.id) : item
      if (known !== undefined) items.push(known)
      else missing ??= { kind: 'item', id: (item as { id: string }).id }
    }
    return { items, missing }
  }
}

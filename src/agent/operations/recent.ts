/** How far a window looks back. */
export interface Reach {
  /** An item leaves the moment it is as old as this. Whole milliseconds. */
  readonly windowMs: number
  /** Items kept; the oldest makes way. */
  readonly maxItems: number
}

/** The items of the last so many milliseconds, by a clock that never goes back. */
export class Recent<Item> {
  readonly #reach: Reach
  readonly #items: { readonly atMs: number; readonly item: Item }[] = []

  constructor(reach: Reach) {
    this.#reach = reach
  }

  add(item: Item): void {
    this.#items.push({ atMs: performance.now(), item })
    this.#forget()
  }

  /** Oldest first. */
  get items(): readonly Item[] {
    this.#forget()
    return this.#items.map(({ item }) => item)
  }

  #forget(): void {
    const { windowMs, maxItems } = this.#reach
    const keepFromMs = performance.now() - windowMs
    const young = this.#items.findIndex(({ atMs }) => atMs > keepFromMs)
    const old = young === -1 ? this.#items.length : young
    this.#items.splice(0, Math.max(old, this.#items.length - maxItems))
  }
}

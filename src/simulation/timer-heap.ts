/** What the heap orders: by due time, then by the order of scheduling. */
export interface Scheduled {
  dueMs: number
  /** Grows with each scheduling, so that equal due times fire first in, first out. */
  order: number
  /** Position in the heap, −1 when not scheduled; kept so that a cancelled timer leaves at once. */
  slot: number
}

/** A binary heap of timers with removal from the middle, so that cancelled timers hold no memory. */
export class TimerHeap<Timer extends Scheduled> {
  readonly #items: Timer[] = []

  get size(): number {
    return this.#items.length
  }

  peek(): Timer | undefined {
    return this.#items[0]
  }

  /** The timers still scheduled, in no particular order. */
  values(): readonly Timer[] {
    return this.#items
  }

  push(timer: Timer): void {
    this.#items.push(timer)
    this.#rise(timer, this.#items.length - 1)
  }

  remove(timer: Timer): boolean {
    const slot = timer.slot
    if (slot < 0 || this.#items[slot] !== timer) return false
    const last = this.#items.pop()
    timer.slot = -1
    if (last !== undefined && last !== timer) {
      this.#rise(last, slot)
      this.#sink(last, last.slot)
    }
    return true
  }

  clear(): void {
    for (const timer of this.#items) timer.slot = -1
    this.#items.length = 0
  }

  #rise(timer: Timer, from: number): void {
    let slot = from
    while (slot > 0) {
      const parentSlot = (slot - 1) >> 1
      const parent = this.#items[parentSlot]
      if (parent === undefined || isBefore(parent, timer)) break
      this.#place(parent, slot)
      slot = parentSlot
    }
    this.#place(timer, slot)
  }

  #sink(timer: Timer, from: number): void {
    let slot = from
    for (;;) {
      const childSlot = this.#earlierChild(slot)
      const child = this.#items[childSlot]
      if (child === undefined || isBefore(timer, child)) break
      this.#place(child, slot)
      slot = childSlot
    }
    this.#place(timer, slot)
  }

  #earlierChild(slot: number): number {
    const left = this.#items[2 * slot + 1]
    const right = this.#items[2 * slot + 2]
    return left !== undefined && right !== undefined && isBefore(right, left) ? 2 * slot + 2 : 2 * slot + 1
  }

  #place(timer: Timer, slot: number): void {
    this.#items[slot] = timer
    timer.slot = slot
  }
}

function isBefore(one: Scheduled, other: Scheduled): boolean {
  return one.dueMs < other.dueMs || (one.dueMs === other.dueMs && one.order < other.order)
}

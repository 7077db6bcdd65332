/** Messages that wait to be taken, in their order. */
export interface Inbox<Message> {
  put(message: Message): void
  /** The next one, as soon as there is one. One taker at a time. */
  take(): Promise<Message>
}

export function openInbox<Message>(): Inbox<Message> {
  const waiting: Message[] = []
  let taker: ((message: Message) => void) | null = null
  return {
    put(message) {
      const take = taker
      taker = null
      if (take === null) waiting.push(message)
      else take(message)
    },
    take() {
      const [message] = waiting.splice(0, 1)
      if (message !== undefined) return Promise.resolve(message)
      return new Promise((resolve) => (taker = resolve))
    },
  }
}

import type { RequestSent, TraceEvent } from '../contract/event.ts'
import { mayCarryKey } from '../properties/may-carry-key.ts'

/** What to say of the idempotency key of a request, after its words; empty where there is nothing to say. */
export type KeyWords = (event: RequestSent) => string

const most = 20

/**
 * Words for the idempotency keys of a trial.
 *
 * Keys are shortened, and many begin alike: so a key that was there before is said to be that of the earlier call, and
 * an attempt with another key than the one before to have another. Of a call that changes the world it is said, too,
 * that it carried none.
 */
export function keyWordsOf(
  events: readonly TraceEvent[],
  effectfulTools: readonly string[],
  redact: (text: string) => string,
): KeyWords {
  const effectful = new Set(effectfulTools)
  const withEffect = new Set(events.flatMap((event) => (event.type === 'effect.applied' ? [event.call] : [])))
  const carriers = new Map<string, number>()
  const keyed = new Set<number>()
  return (event) => {
    const { idempotencyKey: key, call, previous, tool } = event
    if (key === null) {
      const matters = withEffect.has(call) || (tool !== null && effectful.has(tool.name))
      return matters && mayCarryKey(event) ? ', without an idempotency key' : ''
    }
    keyed.add(call)
    const shown = `"${shortKey(redact(key))}"`
    const carrier = carriers.get(key)
    if (carrier !== undefined) return `, with the idempotency key of call ${carrier}, ${shown}`
    carriers.set(key, call)
    if (previous !== null && keyed.has(previous))
      return `, with another idempotency key than call ${previous}, ${shown}`
    return `, with idempotency key ${shown}`
  }
}

function shortKey(key: string): string {
  const letters = [...key]
  return letters.length <= most ? key : `${letters.slice(0, 8).join('')}…${letters.slice(-4).join('')}`
}

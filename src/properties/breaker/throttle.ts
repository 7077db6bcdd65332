import type { RecordedHeaders, RequestSent, TraceEvent } from '../../contract/event.ts'
import { quote } from '../quote.ts'
import { readRetryHint } from '../retry/retry-hint.ts'
import { inSeconds } from '../virtual-time.ts'
import type { Sign } from './blame.ts'
import type { BreakerFeed } from './breaker-feed.ts'

interface Hold {
  readonly untilMs: number
  readonly header: string
  readonly saidAt: number
  readonly call: number
  readonly task: number
}

/** Follows how long each guarded upstream has asked to be left alone (B26). */
export class Throttle {
  readonly #heads = new Map<number, RecordedHeaders>()
  readonly #holds = new Map<string, Hold>()

  take(event: TraceEvent, feed: BreakerFeed): readonly Sign[] {
    if (event.type === 'response.head' && event.status === 429) this.#heads.set(event.call, event.headers)
    if (event.type === 'request.sent') return this.#sent(event, feed)
    if (event.type !== 'response.end' || event.status !== 429 || !feed.guards(event.upstream)) return []
    const hint = readRetryHint(this.#heads.get(event.call) ?? {}, event.at)
    if (hint.kind !== 'wait' || hint.waitMs === 0) return []
    const known = this.#holds.get(event.upstream)
    if (known && known.untilMs > hint.untilMs) return []
    const { call, at, task } = event
    this.#holds.set(event.upstream, { ...{ untilMs: hint.untilMs, header: hint.header }, saidAt: at, call, task })
    return [{ property: 'B26', witness: null }]
  }

  /** A call of another task at the very instant of the answer may have been on its way already. */
  #sent({ upstream, at, call, task }: RequestSent, feed: BreakerFeed): readonly Sign[] {
    const hold = this.#holds.get(upstream)
    if (!hold || at >= hold.untilMs || !feed.guards(upstream) || (at === hold.saidAt && task !== hold.task)) return []
    const sentence = `call ${hold.call} was answered 429 with ${quote(hold.header)} at ${inSeconds(hold.saidAt)}, so ${quote(upstream)} had to be left alone until ${inSeconds(hold.untilMs)}, but call ${call} began at ${inSeconds(at)}`
    const spans = [{ from: hold.saidAt, to: hold.untilMs, words: 'no call allowed' }]
    return [{ property: 'B26', witness: { sentence, at, calls: [hold.call, call], spans } }]
  }
}

import { refundRun } from './_refund-run.ts'
import type { Asking, RefundRun } from './_refund-run.ts'
import { describe, expect, it } from 'vitest'
import type { Fault } from '../../../src/contract/fault.ts'
import type { TraceEvent } from '../../../src/contract/event.ts'
import { every } from '../../../src/faults/sources/every.ts'
import type { CallPoint } from '../../../src/wire/happening.ts'

/** The point of a call at which each kind of event has just been recorded. */
const points: Partial<Record<TraceEvent['type'], CallPoint>> = {
  'request.sent': 'sent',
  'effect.applied': 'acted',
  'response.head': 'answered',
  'response.end': 'answered',
  'response.chunk': 'answered',
}

/** A kill for each event of a run that belongs to a call: at that event, so many microtasks later. */
function killsIn(events: readonly TraceEvent[], afterMicrotasks: number): Fault[] {
  const counts = new Map<string, number>()
  return events.flatMap((event) => {
    if (!('call' in event) || !('upstream' in event)) return []
    const at = points[event.type]
    if (at === undefined) throw new Error(`no point of a call stands for ${event.type}`)
    const { upstream } = event
    if (event.type === 'request.sent') counts.set(upstream, (counts.get(upstream) ?? 0) + 1)
    const kind = upstream === 'memory' ? 'store' : upstream === 'primary' ? 'model' : 'tool'
    const trigger = { on: 'nth', n: counts.get(upstream) ?? 0 } as const
    return [every('process.kill', { kind, name: upstream }, { downMs: 500, at, afterMicrotasks }, trigger)]
  })
}

const refunds = ['refund:A-1', 'refund:A-2']
const bothDone = '{"refunded":"A-1"} / {"refunded":"A-2"}'

describe.each<Asking>(['in one reply', 'in two steps'])(
  'a run with two refunds, asked for %s',
  { timeout: 120_000 },
  (asking) => {
    const honouring: RefundRun = { asking, honoursKey: true }
    const forgetful: RefundRun = { asking, honoursKey: false }

    it('that nobody kills does both', async () => {
      const { applied, outcomes } = await refundRun(honouring)
      expect(applied).toEqual(refunds)
      expect(outcomes).toEqual([{ answer: bothDone, stop: 'end_turn' }])
    })

    it('does the same killed at each event in turn', async () => {
      const kills = killsIn((await refundRun(honouring)).events, 0)
      expect(kills.length).toBeGreaterThan(60)
      for (const kill of kills) {
        const { applied, outcomes, deliveries, violated } = await refundRun(honouring, kill)
        const what = JSON.stringify(kill)
        expect([what, deliveries, applied, violated]).toEqual([what, [1], refunds, []])
        expect([what, outcomes]).toEqual([what, [{ answer: bothDone, stop: 'end_turn' }]])
      }
    })

    it.each([1, 3, 10])('does the same killed %i microtasks after every tenth event', async (later) => {
      const kills = killsIn((await refundRun(honouring)).events, later)
      for (const kill of kills.filter((_kill, index) => index % 10 === later % 10)) {
        const { applied, outcomes } = await refundRun(honouring, kill)
        const what = JSON.stringify(kill)
        expect([what, applied, outcomes]).toEqual([what, refunds, [{ answer: bothDone, stop: 'end_turn' }]])
      }
    })

    it('does the same where each refund waits for an approval', async () => {
      const gated: RefundRun = { ...honouring, gated: true }
      const kills = killsIn((await refundRun(gated)).events, 0)
      // The others are much like these.
      for (const kill of kills.filter((_kill, index) => index % 3 === 0)) {
        const { applied, outcomes, deliveries } = await refundRun(gated, kill)
        const what = JSON.stringify(kill)
        expect([what, deliveries, applied]).toEqual([what, [1], refunds])
        expect([what, outcomes]).toEqual([what, [{ answer: bothDone, stop: 'end_turn' }]])
      }
    })

    it('does the same killed twice', async () => {
      const kills = killsIn((await refundRun(honouring)).events, 0)
      for (const [index, first] of kills.entries()) {
        if (index % 14 !== 0) continue
        for (const second of kills.filter((_kill, other) => (index + other) % 17 === 0)) {
          const { applied, outcomes } = await refundRun(honouring, first, second)
          const what = JSON.stringify([first, second])
          expect([what, applied, outcomes]).toEqual([what, refunds, [{ answer: bothDone, stop: 'end_turn' }]])
        }
      }
    })

    it('does nothing twice where the back end honours no key, and says what is unknown', async () => {
      let unknown = 0
      for (const kill of killsIn((await refundRun(forgetful)).events, 0)) {
        const { applied, outcomes, violated } = await refundRun(forgetful, kill)
        const what = JSON.stringify(kill)
        expect([what, violated, new Set(applied).size]).toEqual([what, [], applied.length])
        const answers = String(outcomes[0]?.answer).split(' / ')
        expect(answers).toHaveLength(2)
        for (const [index, answer] of answers.entries()) {
          const isTold = answer.includes('Whether it took effect is unknown')
          if (isTold) unknown++
          else expect([what, applied.includes(refunds[index] ?? '')]).toEqual([what, true])
        }
      }
      expect(unknown).toBeGreaterThan(4)
    })
  },
)

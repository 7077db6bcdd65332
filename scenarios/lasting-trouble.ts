import * as fc from 'fast-check'
import type { Fault, FaultSource } from 'shakedown'
import { faults } from 'shakedown'

const fromMs = fc.constantFrom(0, 1_000, 5_000, 20_000)

/** For the length of a span, begun by a drawn time: long enough to outlast a cooldown and its probe, or not. */
const spans = fc.tuple(fromMs, fc.constantFrom(3_000, 12_000, 45_000, 90_000))

/**
 * Trouble of one model endpoint that breakers are for, which a plain draw reaches too seldom.
 *
 * An outage that lasts; and an endpoint that accepts connections and says nothing, so that the probe hangs as well.
 */
export function lastingTrouble(name: string): FaultSource[] {
  const outage = spans.map(([from, ms]) => faults.provider(name).outage({ fromMs: from, toMs: from + ms }))
  const silence = spans.map(([from, ms]): Fault =>
    faults.every('net.hang.headers', { kind: 'model', name }, {}, { on: 'between', fromMs: from, toMs: from + ms }),
  )
  return [
    { family: 'server errors', arbitrary: outage },
    { family: 'transport', arbitrary: silence },
  ]
}

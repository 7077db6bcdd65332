import * as fc from 'fast-check'
import type { Fault, FaultSource, PlanSource } from 'shakedown'
import { faults } from 'shakedown'

const primary = { kind: 'model', name: 'primary' } as const
const fromMs = fc.constantFrom(0, 1_000, 5_000, 20_000)

/** For the length of a span, begun by a drawn time: long enough to outlast a cooldown and its probe, or not. */
const spans = fc.tuple(fromMs, fc.constantFrom(3_000, 12_000, 45_000, 90_000))

/**
 * Trouble that breakers are for, aimed: what a plain draw reaches too seldom.
 *
 * An outage that lasts; an endpoint that accepts connections and says nothing, so that the probe hangs as well; and a
 * server that forbids retries.
 */
function aimed(): FaultSource[] {
  const outage = spans.map(([from, ms]) => faults.provider('primary').outage({ fromMs: from, toMs: from + ms }))
  const silence = spans.map(([from, ms]): Fault =>
    faults.every('net.hang.headers', primary, {}, { on: 'between', fromMs: from, toMs: from + ms }),
  )
  const noRetries = fc
    .integer({ min: 1, max: 12 })
    .map((n): Fault => faults.every('retry-after', primary, { form: 'should_not_retry' }, { on: 'nth', n }))
  return [
    { family: 'server errors', arbitrary: outage },
    { family: 'transport', arbitrary: silence },
    { family: 'rate limits', arbitrary: noRetries },
  ]
}

/** Everything that can go wrong at either model endpoint, in its streams and at the tools. */
export function resilienceFaults(): PlanSource {
  return faults.swarm(
    faults.provider('primary').all(),
    faults.provider('*').all(),
    aimed(),
    faults.stream.all(),
    faults.tool('*').all(),
    faults.policy({ planted: [{ tool: 'reserve_book', arguments: { book_id: 'B-900' } }] }),
  )
}

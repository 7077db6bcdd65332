import * as fc from 'fast-check'
import type { Fault, FaultSource, PlanSource } from 'shakedown'
import { faults } from 'shakedown'
import { lastingTrouble } from '../lasting-trouble.ts'

const primary = { kind: 'model', name: 'primary' } as const
/** Trouble that breakers are for, and a server that forbids retries, aimed. */
function aimed(): FaultSource[] {
  const noRetries = fc
    .integer({ min: 1, max: 12 })
    .map((n): Fault => faults.every('retry-after', primary, { form: 'should_not_retry' }, { on: 'nth', n }))
  return [...lastingTrouble('primary'), { family: 'rate limits', arbitrary: noRetries }]
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

import * as fc from 'fast-check'
import { type FaultSource, faults } from 'shakedown'

const anyModel = { kind: 'model', name: '*' } as const

/** A limit whose answer forbids retries: one of many forms of Retry-After, which a plain draw reaches too seldom. */
export const shouldNotRetry: FaultSource = {
  family: 'rate limits',
  arbitrary: fc
    .integer({ min: 1, max: 6 })
    .map((n) => faults.every('retry-after', anyModel, { form: 'should_not_retry' }, { on: 'nth', n })),
}

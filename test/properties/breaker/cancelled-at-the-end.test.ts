import { describe, expect, it } from 'vitest'
import { factsOf } from '../_trace.ts'
import { BreakerTrace } from './_breaker-trace.ts'
import { judgedBreaker, violations } from './_judged.ts'

/** Two failures, of which the task of the second is cancelled so long after its end; then another call is let through. */
function secondCancelledAfter(virtualMs: number): BreakerTrace {
  const trace = new BreakerTrace().calls(500)
  const { task, call } = trace.open()
  trace.trace.answer(call, 500)
  trace.wait(virtualMs).trace.cancelled(task).concluded({ stop: 'cancelled' }, task)
  return trace.wait(10).calls(200)
}

describe('a call whose task is cancelled', () => {
  const judged = (virtualMs: number) =>
    violations(
      judgedBreaker(
        secondCancelledAfter(virtualMs).trace.events,
        factsOf({ breaker: { consecutiveFailures: 2, cooldownMs: 1_000 } }),
      ),
    )

  it('at the moment at which it ended may count or not', () => {
    expect(judged(0)).toEqual({})
  })

  it('later has failed', () => {
    expect(judged(1)).toEqual({ B1: expect.stringContaining('2 failures in a row') })
  })
})

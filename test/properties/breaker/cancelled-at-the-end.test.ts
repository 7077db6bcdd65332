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

describe('a call that ends as the process is blocked', () => {
  const judged = (isBlocked: boolean) => {
    const trace = new BreakerTrace().calls(500)
    const { task, call } = trace.open()
    trace.trace.answer(call, 500)
    if (isBlocked) trace.trace.blocked(500)
    trace.wait(500).trace.concluded({ stop: 'llm_api_error', claims: { refusals: [] } }, task)
    // Its breaker is open from now on, where it heard of the end only now.
    trace.wait(1_200).refuses()
    return violations(
      judgedBreaker(trace.trace.events, factsOf({ breaker: { consecutiveFailures: 2, cooldownMs: 1_400 } })),
    )
  }

  it('may have been heard of before or after', () => {
    expect(judged(true)).toEqual({})
    expect(Object.keys(judged(false))).not.toEqual([])
  })
})

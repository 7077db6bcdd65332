import { describe, expect, it } from 'vitest'
import { asks, fails, ok, says } from './chat-replies.ts'
import { holdTimers, longLimitMs } from './passing-time.ts'
import { runAgent } from './rig.ts'

const done = says('Done.')
const refund = asks([{ name: 'issue_refund', args: { orderId: 'A-1001' } }])
const lookUp = asks([{ name: 'look_up_order', args: { orderId: 'A-1001' } }])

describe('replacing one part changes that behaviour alone', () => {
  it('isRetryable: a 400 is repeated', async () => {
    const { model } = await runAgent({ model: [fails(400), done], parts: { isRetryable: () => true } })
    expect(model.seen).toHaveLength(2)
  })

  it('retryAfter: a hint longer than the cap no longer ends the call', async () => {
    const refusal = fails(429, {}, { 'retry-after': '3600' })
    const { outcome } = await runAgent({ model: [refusal, done], parts: { retryAfter: () => null } })
    expect(outcome.stop).toBe('end_turn')
  })

  it('backoff: it is asked for the wait after each failed attempt', async () => {
    const attempts: number[] = []
    const parts = { backoff: (attempt: number) => (attempts.push(attempt), 0) }
    await runAgent({ model: [fails(500), fails(500), done], parts })
    expect(attempts).toEqual([1, 2])
  })

  it('toolRetry: a refund is repeated after a timeout, and still not when the model asks again', async () => {
    holdTimers()
    const { back } = await runAgent({
      model: [refund, refund, done],
      back: ['hang', ok({}), ok({})],
      options: { timeouts: { toolMs: longLimitMs } },
      parts: { toolRetry: () => true },
    })
    expect(back.seen).toHaveLength(2)
  })

  it('guard: a forbidden tool runs', async () => {
    const { back } = await runAgent({
      model: [refund, done],
      back: [ok({})],
      options: { policy: { forbidden: ['issue_refund'] } },
      parts: { guard: () => ({ verdict: 'allow' }) },
    })
    expect(back.seen).toHaveLength(1)
  })

  it('toolResultMessages: a result is dropped', async () => {
    const { results } = await runAgent({
      model: [lookUp, done],
      back: [ok({})],
      parts: { toolResultMessages: () => [] },
    })
    expect(results()).toEqual([])
  })

  it('stepLimit: the agent goes on as long as the model does', async () => {
    const { model, outcome } = await runAgent({
      model: [...Array(15).fill(lookUp), done],
      back: Array(15).fill(ok({})),
      parts: { stepLimit: () => false },
    })
    expect(model.seen).toHaveLength(16)
    expect(outcome.stop).toBe('end_turn')
  })
})

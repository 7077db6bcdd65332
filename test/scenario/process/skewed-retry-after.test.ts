import { createReferenceAgent } from '../../../src/agent/reference-agent.ts'
import { describe, expect, it } from 'vitest'
import type { Fault } from '../../../src/contract/fault.ts'
import type { AgentFactory } from '../../../src/contract/task.ts'
import type { RetryAfterForm } from '../../../src/faults/families/retry-after.ts'
import { every } from '../../../src/faults/sources/every.ts'
import { faults } from '../../../src/faults/faults.ts'
import { properties } from '../../../src/properties/properties.ts'
import { scenario } from '../../../src/scenario/scenario.ts'
import { openAiChat } from '../../../src/wire/openai/openai-chat.ts'
import { greeting, sdk } from '../../wire/_play.ts'
import { runUnder } from './_refunds.ts'

const model = { kind: 'model', name: 'openai' } as const
const first = { on: 'nth', n: 1 } as const

/** The retries of the official client. */
const withSdk: AgentFactory = () => {
  const client = sdk({ maxRetries: 2 })
  return async () => {
    const { choices } = await client.chat.completions.create(greeting)
    return { answer: choices[0]?.message.content ?? null, stop: 'end_turn' }
  }
}

/** The retries of the reference agent. */
const withReference: AgentFactory = () =>
  createReferenceAgent({
    client: { apiKey: 'sk-test', baseURL: 'https://api.openai.com/v1', model: 'gpt-5' },
    instructions: 'You help customers.',
    tools: [],
  })

/** The first call is answered 429, while the agent's clock is off by so much; what the client waits, and R4's word. */
async function retriedUnder(agent: AgentFactory, form: RetryAfterForm, skewMs: number) {
  const of = scenario('limited', {
    agent,
    tasks: [{ id: 'greet', input: 'Good morning.' }],
    upstreams: () => [openAiChat({ script: () => ({ content: 'Hello.' }) })],
    profile: { retry: { maxAttempts: 3 } },
    search: { trials: 1, faults: faults.swarm(faults.clock().all()), properties: properties.retry },
  })
  const jump = skewMs > 0 ? 'clock.jump_forward' : 'clock.jump_back'
  const skew: Fault[] = skewMs === 0 ? [] : [every(jump, model, { byMs: Math.abs(skewMs), at: 'sent' }, first)]
  const { events, verdicts, deliveries } = await runUnder(of, every('retry-after', model, { form }, first), ...skew)
  expect(deliveries).toEqual([1, ...skew.map(() => 1)])
  const verdict = verdicts.get('R4')
  const answeredAt = events.find(({ type }) => type === 'response.end')?.at ?? 0
  const againAt = events.findLast(({ type }) => type === 'request.sent')?.at ?? 0
  return {
    waitMs: againAt - answeredAt,
    r4: verdict?.verdict,
    sentence: verdict?.verdict === 'violated' ? verdict.witness.sentence : '',
  }
}

describe('a Retry-After that is a date, and a client whose clock is wrong', () => {
  it('is heeded by the official client as long as its clock is right', async () => {
    expect(await retriedUnder(withSdk, 'date', 0)).toMatchObject({ waitMs: 12_400, r4: 'holds' })
  })

  it('comes too early from the official client by what its clock is fast', async () => {
    const { sentence, ...early } = await retriedUnder(withSdk, 'date', 5_000)
    expect(early).toEqual({ waitMs: 7_400, r4: 'violated' })
    expect(sentence).toBe(
      'attempt 2 of the model call to "openai" (call 1) began at 8.000 s, but attempt 1 (call 0) ended at 0.600 s with "retry-after: Thu, 01 Jan 2026 00:00:13 GMT", so it must not try again before 13.000 s',
    )
  })

  it.each([
    ['fast that the date is past', 60_000],
    ['slow that the wait is more than it takes', -120_000],
  ])('is no hint to the official client where its clock is so %s', async (_what, skewMs) => {
    const { waitMs, r4 } = await retriedUnder(withSdk, 'date', skewMs)
    expect(waitMs).toBeLessThanOrEqual(500)
    expect(r4).toBe('violated')
  })

  it('is waited for too long where the clock is slow, which accuses nobody', async () => {
    expect(await retriedUnder(withSdk, 'date', -30_000)).toMatchObject({ waitMs: 42_400, r4: 'holds' })
  })

  it('is not asked of the clock where it is in seconds', async () => {
    for (const skewMs of [60_000, -120_000]) {
      expect(await retriedUnder(withSdk, 'seconds_59', skewMs)).toMatchObject({ waitMs: 59_000, r4: 'holds' })
    }
  })

  it.each([0, 5_000, 60_000, 3_600_000, -30_000, -120_000])(
    'is heeded by the reference agent, which goes by the Date of the answer, where its clock is off by %i ms',
    async (skewMs) => {
      const { waitMs, r4 } = await retriedUnder(withReference, 'date', skewMs)
      expect(r4).toBe('holds')
      // Dates are whole seconds: that of the answer is rounded down, and that of the hint up.
      expect(waitMs).toBeGreaterThanOrEqual(12_400)
      expect(waitMs).toBeLessThanOrEqual(13_000)
    },
  )
})

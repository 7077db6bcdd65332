import { describe, expect, it } from 'vitest'
import { profileSchema } from '../../src/contract/profile.ts'
import type { Secret } from '../../src/contract/secret.ts'
import type { FaultPlan } from '../../src/contract/fault.ts'
import type { RequestSent, TraceEvent } from '../../src/contract/event.ts'
import { timelineEntrySchema } from '../../src/results/results-schema.ts'
import { timelineOf } from '../../src/scenario/timeline.ts'
import { runTrial } from '../../src/scenario/trial.ts'
import { orderScenario } from './_scenario.ts'

const plan: FaultPlan = {
  faults: [
    {
      id: 'openai.429.tpm',
      target: { kind: 'model', name: '*' },
      trigger: { on: 'nth', n: 1 },
      parameters: { waitMs: 7_000 },
    },
    { id: 'net.refused', target: { kind: 'tool', name: '*' }, trigger: { on: 'nth', n: 1 }, parameters: {} },
    {
      id: 'tool.success_then_silence',
      target: { kind: 'tool', name: '*' },
      trigger: { on: 'nth', n: 2 },
      parameters: {},
    },
  ],
}

const show = (entry: ReturnType<typeof timelineOf>[number]) =>
  `${entry.at} ${entry.call ?? '-'} ${entry.upstream ?? '-'} [${entry.kind}] ${entry.text}`

it('tells a trial in words, in order, with the call and the upstream of each line', async () => {
  const { events } = await runTrial({ scenario: orderScenario(), seed: 1, trial: 0, plan, keep: true })
  const timeline = timelineOf(events, plan)
  for (const entry of timeline) timelineEntrySchema.parse(entry)
  expect(timeline.map(show)).toMatchInlineSnapshot(`
    [
      "0 - - [task] task "status" reaches the agent",
      "0 0 openai [model] asks openai with 1 message, 14 tokens",
      "0 0 openai [fault] fault 1 strikes openai: openai.429.tpm {"waitMs":7000}",
      "600 0 openai [model] openai answers 429 rate_limit_exceeded, with "retry-after-ms: 7000" and "retry-after: 7"",
      "7600 1 openai [model] asks openai with 1 message, 14 tokens, attempt 2",
      "8200 1 openai [model] openai answers 200: asks for look_up_order({"orderId":"A-1"})",
      "8200 2 look_up_order [tool] calls look_up_order({"orderId":"A-1"})",
      "8200 2 look_up_order [fault] fault 2 strikes look_up_order: net.refused",
      "8240 2 look_up_order [tool] the connection to look_up_order fails with ECONNREFUSED",
      "8240 3 openai [model] asks openai with 3 messages, 41 tokens",
      "8840 3 openai [model] openai answers 200: asks for look_up_order({"orderId":"A-1"})",
      "8840 4 look_up_order [tool] calls look_up_order({"orderId":"A-1"})",
      "8840 4 look_up_order [fault] fault 3 strikes look_up_order: tool.success_then_silence",
      "18840 4 look_up_order [tool] the agent gives up waiting for look_up_order",
      "18840 5 openai [model] asks openai with 5 messages, 73 tokens",
      "19440 5 openai [model] openai answers 200: "The order has been shipped."",
      "19440 - - [end] the agent stops with end_turn: "The order has been shipped."",
      "19440 - - [end] task "status" is solved",
      "19440 - - [end] the trial ends",
    ]
  `)
})

it('has words for every other event', () => {
  const ofTask = { at: 1, task: 0 }
  const ofCall = { ...ofTask, call: 4, upstream: 'approvals', kind: 'approval' } as const
  const demand = { tool: 'delete_customer', arguments: { id: 7 } }
  const events: TraceEvent[] = [
    { type: 'approval.asked', ...ofCall, ...demand },
    { type: 'approval.answered', ...ofCall, ...demand, decision: 'denied' },
    { type: 'effect.applied', ...ofCall, effect: { tool: 'approvals', key: 'asked:7', detail: {} } },
    { type: 'request.refused', ...ofTask, host: 'evil.test' },
    { type: 'request.aborted', ...ofCall, kind: 'other', class: 'indeterminate', partial: null },
    { type: 'task.ended', ...ofTask, id: 'status', outcome: { answer: null, stop: 'max_steps' } },
    { type: 'task.ended', ...ofTask, id: 'status', outcome: { answer: 'x'.repeat(500), stop: 'end_turn' } },
    { type: 'task.threw', ...ofTask, id: 'status', thrown: 'the agent threw TypeError: no' },
    { type: 'world.healed', at: 300_000 },
    { type: 'world.outside', ...ofTask, what: 'worker thread' },
    { type: 'trial.ended', at: 300_001, how: 'stalled', detail: 'nothing in flight', leftovers: ['timer ×2'] },
  ]
  expect(timelineOf(events, plan).map(show)).toEqual([
    '1 4 approvals [approval] approval asked for delete_customer({"id":7})',
    '1 4 approvals [approval] delete_customer is denied',
    '1 4 approvals [effect] approvals takes effect: asked:7',
    '1 - - [world] a call to evil.test is refused: no upstream claims it',
    '1 4 approvals [world] the agent gives up waiting for approvals',
    '1 - - [end] the agent stops with max_steps: no answer',
    `1 - - [end] the agent stops with end_turn: "${'x'.repeat(157)}..."`,
    '1 - - [end] the agent threw TypeError: no',
    '300000 - - [world] injection stops, the world heals',
    '1 - - [world] worker thread runs outside the world',
    '300001 - - [end] the trial stalled: nothing in flight, leaving timer ×2',
  ])
})

it('tells how far a streamed reply came', () => {
  const position = { at: 1, task: 0, call: 4, upstream: 'openai', kind: 'model' } as const
  const said = { content: 'Your order', finishReason: '', toolCalls: [] }
  const asked = { ...said, content: null, toolCalls: [{ id: 'call_1', name: 'refund', arguments: '{"orderId' }] }
  const end = { type: 'response.end', ...position, status: 200, body: '', model: null } as const
  const events: TraceEvent[] = [
    { type: 'response.chunk', ...position, chunk: 0, bytes: 300 },
    { ...end, class: 'indeterminate', errorCode: null, partial: said },
    { ...end, class: 'failure', errorCode: 'server_error', partial: { ...said, content: '' } },
    { type: 'request.failed', ...position, cause: 'ECONNRESET', class: 'indeterminate', partial: asked },
    { type: 'request.aborted', ...position, class: 'indeterminate', partial: said },
  ]
  expect(timelineOf(events, { faults: [] }).map(({ text }) => text)).toEqual([
    'openai answers 200, and the stream ends before it is whole, after "Your order"',
    'openai answers 200 and then an error server_error, before a word of it',
    'the connection to openai fails with ECONNRESET, after asking for refund({"orderId)',
    'the agent gives up waiting for openai, after "Your order"',
  ])
})

describe('the idempotency key of a call', () => {
  const long = (end: string) => `refund-of-order-A-1-${'0'.repeat(20)}-${end}`
  const facts = { profile: profileSchema.parse({ tools: { effectful: ['refund'] } }), secrets: [] }

  function sent(call: number, key: string | null, more: Partial<RequestSent> = {}): RequestSent {
    const position = { at: 1, task: 0, call, upstream: 'refund', kind: 'tool' } as const
    const request = { method: 'POST', url: 'https://refund.test/', body: '{}', logicalCall: 0 } as const
    const [attempt, previous] = [call + 1, call === 0 ? null : call - 1]
    const tool = { name: 'refund', arguments: {} }
    return {
      ...{ type: 'request.sent', ...position, ...request, attempt, previous, idempotencyKey: key, model: null, tool },
      ...more,
    }
  }

  const wordsOf = (events: readonly TraceEvent[], secrets: Secret[] = []) =>
    timelineOf(events, { faults: [] }, { ...facts, secrets }).map(({ text }) =>
      text.replace(/^calls refund\(\{\}\)/, ''),
    )

  it('is shortened, and compared with those before', () => {
    expect(wordsOf([sent(0, long('a')), sent(1, long('a')), sent(2, long('b')), sent(3, 'short')])).toEqual([
      ', with idempotency key "refund-o…00-a"',
      ', attempt 2, with the idempotency key of call 0, "refund-o…00-a"',
      ', attempt 3, with another idempotency key than call 1, "refund-o…00-b"',
      ', attempt 4, with another idempotency key than call 2, "short"',
    ])
  })

  it('is missed where a call over HTTP has an effect or may have one, and nowhere else', () => {
    const other = { tool: { name: 'look_up', arguments: {} }, previous: null, attempt: 1 }
    const effect = { tool: 'look_up', key: 'seen', detail: {} }
    const applied: TraceEvent = {
      type: 'effect.applied',
      at: 1,
      task: 0,
      call: 2,
      upstream: 'seen',
      kind: 'tool',
      effect,
    }
    expect(wordsOf([sent(0, null), sent(1, null, other), sent(2, null, other), applied].slice(0, 3))).toEqual([
      ', without an idempotency key',
      'calls look_up({})',
      'calls look_up({})',
    ])
    expect(wordsOf([sent(2, null, other), applied])[0]).toBe('calls look_up({}), without an idempotency key')
    expect(wordsOf([sent(0, null, { url: 'function:refund' })])).toEqual([''])
  })

  it('gives no secret away, shortened or not', () => {
    const secret = { name: 'token', value: 'hunter2-hunter2-hunter2', mayReach: [] }
    expect(wordsOf([sent(0, `${secret.value}-1`)], [secret])).toEqual([', with idempotency key "[secret token]-1"'])
  })
})

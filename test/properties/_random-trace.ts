import fc from 'fast-check'
import type { TraceEvent } from '../../src/contract/event.ts'
import type { Outcome } from '../../src/contract/outcome.ts'
import type { ProfileInput } from '../../src/contract/profile.ts'
import { TraceBuilder, toolCall } from './_trace.ts'

/** A profile under which every property applies, tight enough for random traces to violate it. */
export const tightProfile: ProfileInput = {
  maxSteps: 2,
  terminationMs: 3_000,
  stopReasons: ['end_turn', 'max_steps', 'llm_api_error', 'requires_approval', 'context_window_exceeded'],
  retry: {
    maxAttempts: 2,
    retryAfterCapMs: 2_000,
    backoff: { baseMs: 500, factor: 2, capMs: 2_000, jitter: 'equal' },
    budget: { capacity: 1, perSuccess: 0.5 },
    hedging: { atOnce: 2 },
  },
  timeouts: { modelMs: 2_000, toolMs: 1_000, taskMs: 6_000 },
  tools: { forbidden: ['delete'], gated: ['refund'], effectful: ['refund'] },
}
export const secret = { name: 'key', value: 'sk-canary-7f3a91c4', mayReach: ['openai'] }

const tools = ['lookup', 'refund', 'delete'] as const
const ids = ['a', 'b'] as const
const stops = ['end_turn', 'max_steps', 'llm_api_error', 'requires_approval', 'context_window_exceeded', 'nonsense']
const hints = [
  {},
  { 'retry-after': '1' },
  { 'retry-after': '7' },
  { 'retry-after': 'soon' },
  { 'x-should-retry': 'false' },
]

type Move = (trace: TraceBuilder, open: number[], done: number[]) => unknown

const pick = <Item>(list: readonly Item[], index: number): Item | undefined => list[index % list.length]
const close = (open: number[], done: number[], which: number, how: (call: number) => unknown): void => {
  const call = open.splice(which % Math.max(1, open.length), 1)[0]
  if (call === undefined) return
  how(call)
  done.push(call)
}

/** Mostly paired, as agents send them. */
const historyOf = fc.oneof(
  { weight: 3, arbitrary: fc.subarray([...ids]).map((calls) => ({ calls, results: calls })) },
  { weight: 1, arbitrary: fc.record({ calls: fc.subarray([...ids]), results: fc.subarray([...ids]) }) },
)
const toolOf = fc.constantFrom(...tools)
const few = fc.nat(3)
const repeat = (done: readonly number[], which: number, again: boolean) => {
  const call = pick(done, which)
  return again && call !== undefined ? { retryOf: call } : {}
}

/** One thing that happens in a trial; calls refer to what is open or done by then. */
const move: fc.Arbitrary<Move> = fc.oneof(
  fc.nat(2_500).map(
    (ms): Move =>
      (trace) =>
        trace.after(ms),
  ),
  fc.tuple(few, fc.boolean(), fc.subarray([...tools]), historyOf).map(
    ([which, again, offeredTools, { calls, results }]): Move =>
      (trace, open, done) =>
        open.push(
          trace.model(
            {
              offeredTools,
              toolCalls: calls.map((id) => toolCall(id)),
              toolResults: results.map((callId) => ({ callId, content: '' })),
            },
            repeat(done, which, again),
          ),
        ),
  ),
  fc.tuple(toolOf, few, fc.boolean(), fc.boolean()).map(
    ([name, which, again, leaks]): Move =>
      (trace, open, done) =>
        open.push(
          trace.tool(
            name,
            { order: 'A-1' },
            { ...repeat(done, which, again), ...(leaks ? { body: secret.value } : {}) },
          ),
        ),
  ),
  fc.tuple(few, fc.constantFrom(400, 429, 500, 200), fc.constantFrom(...hints)).map(
    ([which, status, headers]): Move =>
      (trace, open, done) =>
        close(open, done, which, (call) => trace.answer(call, status, { headers })),
  ),
  fc.tuple(few, fc.array(fc.tuple(fc.constantFrom(...ids), toolOf), { maxLength: 2 }), fc.boolean()).map(
    ([which, asks, tells]): Move =>
      (trace, open, done) =>
        close(open, done, which, (call) => {
          const toolCalls = asks.map(([id, name]) => toolCall(id, name))
          return trace.reply(call, toolCalls, tells ? secret.value : '{}')
        }),
  ),
  few.map(
    (which): Move =>
      (trace, open, done) =>
        close(open, done, which, (call) => trace.aborted(call)),
  ),
  few.map((which): Move => (trace, open) => {
    const call = pick(open, which)
    return call === undefined ? trace : trace.effect(call, 'refund', `refund:${which % 2}`, { order: 'A-1' })
  }),
  few.map((which): Move => (trace, open) => {
    const call = pick(open, which)
    return call === undefined ? trace : trace.planted(call, 'refund', { order: 'A-1' })
  }),
  fc.constantFrom('approved', 'denied', 'pending', undefined).map(
    (decision): Move =>
      (trace) =>
        trace.approval('refund', { order: 'A-1' }, decision),
  ),
  fc.constant<Move>((trace) => trace.healed()),
  fc.constant<Move>((trace) => trace.cancelled()),
  fc.tuple(few, toolOf, fc.constantFrom('cut' as const, 'error frame' as const)).map(
    ([which, name, how]): Move =>
      (trace, open, done) =>
        close(open, done, which, (call) =>
          trace.stopsShort(call, { content: 'Your order', toolCalls: [toolCall('a', name)] }, how),
        ),
  ),
  fc
    .constantFrom<Partial<Outcome>>(
      { claims: { effects: ['refund:0'] } },
      { answer: 'Your order' },
      { claims: { error: { upstream: 'openai', status: 500, code: null, attempts: 1 } } },
    )
    .map(
      (outcome): Move =>
        (trace) =>
          trace.concluded(outcome),
    ),
  fc.constantFrom(...stops).map(
    (stop): Move =>
      (trace) =>
        trace.ended(stop),
  ),
)

/** The events of a random trial: every kind of trouble, in any order that the wire allows. */
export const randomTrace: fc.Arbitrary<readonly TraceEvent[]> = fc
  .array(move, { minLength: 1, maxLength: 30 })
  .map((moves) => {
    const trace = new TraceBuilder().started()
    const open: number[] = []
    const done: number[] = []
    for (const happens of moves) happens(trace, open, done)
    return trace.finished().events
  })

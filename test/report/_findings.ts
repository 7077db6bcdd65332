import type { Fault } from '../../src/contract/fault.ts'
import type { AcceptedFinding, Finding } from '../../src/results/results-schema.ts'

export const rateLimit: Fault = {
  id: 'openai.429.tpm',
  target: { kind: 'model', name: 'openai' },
  trigger: { on: 'nth', n: 2 },
  parameters: { waitMs: 20_000 },
}

export const lostAnswer: Fault = {
  id: 'tool.success_then_silence',
  target: { kind: 'tool', name: 'issue_refund' },
  trigger: { on: 'nth', n: 1 },
  parameters: {},
}

/** A finding of R4, with everything a report shows. */
export function findingOf(changes: Partial<Finding> = {}): Finding {
  return {
    property: 'R4',
    trials: 412,
    firstTrial: 3,
    plan: { faults: [rateLimit] },
    shrinkTrials: 38,
    witness: {
      sentence:
        'attempt 2 of logical call 2 to "openai" began at 1.480 s, but attempt 1 ended at 0.900 s with "retry-after: 20", so it may not begin before 20.900 s',
      at: 1_480,
      calls: [2, 3],
      entry: 8,
      spans: [{ from: 900, to: 20_900, words: 'no attempt allowed' }],
    },
    timeline: [
      { at: 0, kind: 'task', text: 'task "refund A-1001" starts', call: null },
      { at: 0, kind: 'model', text: 'call 0 asks gpt-4o, 2 messages, 412 tokens', call: 0, upstream: 'openai' },
      { at: 640, kind: 'model', text: 'call 0 is answered 200: calls look_up_order', call: 0, upstream: 'openai' },
      {
        at: 640,
        kind: 'tool',
        text: 'call 1 runs look_up_order {"order":"A-1001"}',
        call: 1,
        upstream: 'look_up_order',
      },
      { at: 700, kind: 'tool', text: 'call 1 is answered 200', call: 1, upstream: 'look_up_order' },
      { at: 700, kind: 'model', text: 'call 2 asks gpt-4o, 4 messages, 498 tokens', call: 2, upstream: 'openai' },
      { at: 700, kind: 'fault', text: 'openai.429.tpm strikes call 2', call: 2, upstream: 'openai' },
      { at: 900, kind: 'model', text: 'call 2 is answered 429, retry-after 20 s', call: 2, upstream: 'openai' },
      { at: 1_480, kind: 'model', text: 'call 3 asks gpt-4o again, attempt 2', call: 3, upstream: 'openai' },
      { at: 2_100, kind: 'model', text: 'call 3 is answered 200: end of turn', call: 3, upstream: 'openai' },
      { at: 2_100, kind: 'task', text: 'task "refund A-1001" ends: end_turn', call: null },
      { at: 2_100, kind: 'end', text: 'the trial finished', call: null },
    ],
    traceHash: '4be1c08f2f5f6d6b0f4f6a86b9a8efc3f5c3f8d7c9f7e8a6b5d4c3b2a1908f7e',
    token:
      'eyJ2IjoxLCJzY2VuYXJpbyI6InN1cHBvcnQiLCJ0cmlhbCI6Mywic2VlZCI6MjAyNjAzMDEsInBsYW4iOnsiZmF1bHRzIjpbeyJpZCI6Im9wZW5haS40MjkudHBtIn1dfX0',
    accepted: null,
    ...changes,
  }
}

/** A finding of L11 whose witness crosses the lanes of two tools and the approval service. */
export function doubleRefund(changes: Partial<Finding> = {}): Finding {
  return findingOf({
    property: 'L11',
    trials: 57,
    firstTrial: 18,
    plan: { faults: [lostAnswer, { ...rateLimit, trigger: { on: 'burst', from: 3, length: 2 } }] },
    shrinkTrials: 64,
    witness: {
      sentence:
        'effect "refund:A-1001" of tool "issue_refund" was applied at 0.810 s by call 3 and again at 31.320 s by call 4, a retry',
      at: 31_320,
      calls: [3, 4],
      entry: null,
      spans: [],
    },
    timeline: [
      { at: 0, kind: 'task', text: 'task "refund A-1001" starts', call: null },
      { at: 0, kind: 'model', text: 'call 0 asks gpt-4o', call: 0, upstream: 'openai' },
      { at: 640, kind: 'model', text: 'call 0 is answered 200: calls look_up_order', call: 0, upstream: 'openai' },
      { at: 640, kind: 'tool', text: 'call 1 runs look_up_order', call: 1, upstream: 'look_up_order' },
      { at: 700, kind: 'tool', text: 'call 1 is answered 200', call: 1, upstream: 'look_up_order' },
      { at: 720, kind: 'approval', text: 'call 2 asks whether issue_refund may run', call: 2, upstream: 'approvals' },
      { at: 800, kind: 'approval', text: 'call 2: approved', call: 2, upstream: 'approvals' },
      { at: 810, kind: 'tool', text: 'call 3 runs issue_refund {"order":"A-1001"}', call: 3, upstream: 'issue_refund' },
      { at: 810, kind: 'fault', text: 'tool.success_then_silence strikes call 3', call: 3, upstream: 'issue_refund' },
      { at: 810, kind: 'effect', text: 'refund:A-1001 is applied', call: 3, upstream: 'issue_refund' },
      { at: 30_810, kind: 'tool', text: 'call 3 is given up by the agent', call: 3, upstream: 'issue_refund' },
      {
        at: 31_320,
        kind: 'tool',
        text: 'call 4 runs issue_refund again, attempt 2',
        call: 4,
        upstream: 'issue_refund',
      },
      { at: 31_320, kind: 'effect', text: 'refund:A-1001 is applied', call: 4, upstream: 'issue_refund' },
      { at: 31_390, kind: 'tool', text: 'call 4 is answered 200', call: 4, upstream: 'issue_refund' },
      { at: 31_390, kind: 'world', text: 'the world heals', call: null },
      { at: 32_000, kind: 'end', text: 'the trial finished', call: null },
    ],
    ...changes,
  })
}

export function acceptanceOf(changes: Partial<AcceptedFinding> = {}): AcceptedFinding {
  return {
    property: 'R4',
    reason: 'The SDK caps Retry-After at 60 s; reported to its maintainers.',
    owner: 'platform team',
    expires: '2026-06-30',
    ...changes,
  }
}

const serverError: Fault = {
  id: 'tool.error',
  target: { kind: 'tool', name: 'issue_refund' },
  trigger: { on: 'burst', from: 1, length: 3 },
  parameters: { status: 503 },
}

type Request = NonNullable<Finding['breakers']>[number]['requests'][number]

/** Requests to `issue_refund`, one after another: three failures that open the breaker, one in the cooldown, a probe. */
const guardedCalls: readonly Request[] = [
  { call: 0, at: 600, end: 700, class: 'failure' },
  { call: 1, at: 1_200, end: 1_300, class: 'indeterminate' },
  { call: 2, at: 2_000, end: 2_100, class: 'failure' },
  { call: 3, at: 12_100, end: 12_240, class: 'success' },
  { call: 4, at: 33_000, end: 33_100, class: 'neutral' },
  { call: 5, at: 34_000, end: null, class: null },
]

/** A finding of B3 with everything that the lane of a breaker shows. */
export function sentInCooldown(changes: Partial<Finding> = {}): Finding {
  const upstream = 'issue_refund'
  const entries = guardedCalls.flatMap(({ call, at, end, class: outcome }): Finding['timeline'] => [
    { at, kind: 'tool', text: `call ${call} runs issue_refund`, call, upstream },
    ...(end === null ? [] : [{ at: end, kind: 'tool' as const, text: `call ${call}: ${outcome}`, call, upstream }]),
  ])
  return findingOf({
    property: 'B3',
    trials: 31,
    firstTrial: 6,
    plan: { faults: [serverError] },
    witness: {
      sentence:
        'the breaker of "issue_refund" opened at 2.100 s after 3 failures in a row, so no call may start before 32.100 s, but call 3 did at 12.100 s',
      at: 12_100,
      calls: [3],
      entry: null,
      spans: [],
    },
    timeline: [
      { at: 0, kind: 'task', text: 'task "refund A-1001" starts', call: null },
      ...entries,
      { at: 35_000, kind: 'end', text: 'the trial ends', call: null },
    ],
    breakers: [
      {
        upstream,
        task: null,
        spans: [
          { from: 0, to: 1_300, state: 'closed' },
          { from: 1_300, to: 2_100, state: 'undecided' },
          { from: 2_100, to: 32_100, state: 'open' },
          { from: 32_100, to: 33_500, state: 'half-open' },
        ],
        requests: [...guardedCalls],
        refusals: [
          { from: 4_000, to: 4_000, isClaimed: true },
          { from: 20_000, to: 31_000, isClaimed: false },
        ],
      },
    ],
    ...changes,
  })
}

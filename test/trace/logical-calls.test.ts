import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type AttemptOf, LogicalCalls, type PlacedRequest } from '../../src/trace/logical-calls.ts'

/** What happens to the calls of a trial: one is sent, or an open one ends. */
type Step =
  | { readonly send: Omit<PlacedRequest, 'call'> }
  /** Which of the open calls, counted from the oldest, and how. */
  | { readonly settle: number; readonly isSuccess: boolean }

const sends: fc.Arbitrary<Step> = fc
  .record({
    task: fc.nat(1),
    upstream: fc.constantFrom('openai', 'look_up'),
    method: fc.constantFrom('POST', 'GET'),
    url: fc.constantFrom('https://a.test/x', 'https://a.test/y'),
    body: fc.constantFrom('', '{"a":1}'),
  })
  .map((request) => ({ send: { ...request, kind: request.upstream === 'openai' ? 'model' : 'tool' } }))
const steps = fc.array(fc.oneof(sends, fc.record({ settle: fc.nat(5), isSuccess: fc.boolean() })), {
  maxLength: 40,
  size: 'max',
})

/** Plays the steps and returns where each call was placed. */
function place(script: readonly Step[]): AttemptOf[] {
  const calls = new LogicalCalls()
  const open: number[] = []
  const placed: AttemptOf[] = []
  for (const step of script) {
    if ('send' in step) {
      const call = placed.length
      const { logicalCall, attempt, previous } = calls.place({ ...step.send, call })
      placed.push({ logicalCall, attempt, previous })
      open.push(call)
    } else {
      const [call] = open.splice(step.settle % Math.max(1, open.length), 1)
      if (call !== undefined) calls.settle(call, step.isSuccess)
    }
  }
  return placed
}

interface Past {
  readonly request: Omit<PlacedRequest, 'call'>
  readonly round: number
  failedAsNumber: number | null
  isOpen: boolean
  isFollowed: boolean
}

/** The same said in another way: the whole history is searched for each call. */
function placeByHistory(script: readonly Step[]): AttemptOf[] {
  const history: Past[] = []
  const placed: AttemptOf[] = []
  const replies = new Map<number, number>()
  let failures = 0
  let logicalCalls = 0
  for (const step of script) {
    if (!('send' in step)) {
      const open = history.filter(({ isOpen }) => isOpen)
      const past = open[step.settle % Math.max(1, open.length)]
      if (past === undefined) continue
      past.isOpen = false
      if (!step.isSuccess) past.failedAsNumber = failures++
      else if (past.request.kind === 'model') replies.set(past.request.task, (replies.get(past.request.task) ?? 0) + 1)
      continue
    }
    const request = step.send
    const round = request.kind === 'model' ? 0 : (replies.get(request.task) ?? 0)
    const [before] = history
      .filter((past) => !past.isFollowed && past.failedAsNumber !== null && past.round === round)
      .filter((past) => JSON.stringify(past.request) === JSON.stringify(request))
      .toSorted((a, b) => (a.failedAsNumber ?? 0) - (b.failedAsNumber ?? 0))
    const previous = before === undefined ? null : history.indexOf(before)
    if (before !== undefined) before.isFollowed = true
    const earlier = previous === null ? undefined : placed[previous]
    placed.push({
      logicalCall: earlier?.logicalCall ?? logicalCalls++,
      attempt: (earlier?.attempt ?? 0) + 1,
      previous,
    })
    history.push({ request, round, failedAsNumber: null, isOpen: true, isFollowed: false })
  }
  return placed
}

const tool = { task: 0, upstream: 'look_up', kind: 'tool', method: 'GET', url: 'https://a.test/x', body: '' } as const
const model = {
  task: 0,
  upstream: 'openai',
  kind: 'model',
  method: 'POST',
  url: 'https://m.test/',
  body: '{}',
} as const
const fails = { settle: 0, isSuccess: false }
const succeeds = { settle: 0, isSuccess: true }
const numbers = (script: readonly Step[]) =>
  place(script).map(({ logicalCall, attempt }) => `${logicalCall}.${attempt}`)

describe('logical calls', () => {
  it('are grouped as a search through the whole history would group them', () => {
    fc.assert(
      fc.property(steps, (script) => {
        expect(place(script)).toEqual(placeByHistory(script))
      }),
      { numRuns: 2_000 },
    )
  })

  it('have attempts that are numbered without gaps, each naming the one before', () => {
    fc.assert(
      fc.property(steps, (script) => {
        const placed = place(script)
        for (const { logicalCall, attempt, previous } of placed) {
          const before = previous === null ? undefined : placed[previous]
          expect(attempt).toBe((before?.attempt ?? 0) + 1)
          if (before !== undefined) expect(logicalCall).toBe(before.logicalCall)
        }
      }),
    )
  })

  it('hold the retries of one request until it succeeds', () => {
    const script = [{ send: tool }, fails, { send: tool }, fails, { send: tool }, succeeds, { send: tool }]
    expect(numbers(script)).toEqual(['0.1', '0.2', '0.3', '1.1'])
  })

  it('keep equal requests apart that are under way at the same time, and their retries as well', () => {
    const script = [{ send: tool }, { send: tool }, fails, fails, { send: tool }, { send: tool }]
    expect(numbers(script)).toEqual(['0.1', '1.1', '0.2', '1.2'])
  })

  it('keep the retry of one request apart from an equal one that succeeded meanwhile', () => {
    const script = [{ send: tool }, { send: tool }, fails, succeeds, { send: tool }]
    expect(numbers(script)).toEqual(['0.1', '1.1', '0.2'])
  })

  it('begin anew with each reply of the model, and only for its own task', () => {
    const script = [{ send: tool }, fails, { send: model }, succeeds, { send: tool }]
    expect(numbers(script)).toEqual(['0.1', '1.1', '2.1'])
    const other = [{ send: tool }, fails, { send: { ...model, task: 1 } }, succeeds, { send: tool }]
    expect(numbers(other)).toEqual(['0.1', '1.1', '0.2'])
  })

  it('of the model itself go on after its failures', () => {
    const script = [{ send: model }, fails, { send: model }, succeeds, { send: model }]
    expect(numbers(script)).toEqual(['0.1', '0.2', '1.1'])
  })

  it('take only the first word on how a call ended', () => {
    const calls = new LogicalCalls()
    calls.place({ ...tool, call: 0 })
    calls.settle(0, true)
    calls.settle(0, false)
    calls.settle(7, false)
    expect(calls.place({ ...tool, call: 1 })).toMatchObject({ logicalCall: 1, attempt: 1, previous: null })
  })
})

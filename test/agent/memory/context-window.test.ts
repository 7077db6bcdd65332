import { describe, expect, it } from 'vitest'
import type { Fault } from '../../../src/contract/fault.ts'
import { openAiTokens } from '../../../src/agent/memory/token-counter.ts'
import type { ModelRequest } from '../../../src/agent/providers/provider.ts'
import { faultable } from '../../../src/wire/functions/faultable.ts'
import { fault } from '../_desk.ts'
import { isForSummary, longTalk, statuses } from './_long-talk.ts'
import type { Talk } from './_long-talk.ts'

const providers = ['openai', 'anthropic'] as const
const done = { answer: 'I have read it all.', stop: 'end_turn' }
const asked = 'Read the book to me.'

const mainTurns = ({ turns }: Talk) => turns.filter((turn) => !isForSummary(turn))

function expectLawful(talk: Talk): void {
  for (const { messages } of mainTurns(talk)) {
    expect(messages[0]).toMatchObject({ role: 'system', text: 'You read pages.' })
    expect(messages.filter(({ role }) => role === 'system' || role === 'developer')).toHaveLength(1)
    expect(messages.some(({ role, text }) => role === 'user' && text.includes(asked))).toBe(true)
    const calls = messages.flatMap(({ toolCalls }) => toolCalls.map(({ id }) => id))
    const results = messages.flatMap(({ toolCallId }) => (toolCallId === null ? [] : [toolCallId]))
    expect(results).toEqual(calls)
  }
}

describe.each(providers)('a history that grows beyond the window of %s', (provider) => {
  it('is compacted before it is sent, so that the endpoint refuses nothing', async () => {
    const context = { windowTokens: 1_500, compactAtShare: 0.8 }
    const talk = await longTalk({ provider, windowTokens: 1_500, options: { context } })
    expect(talk.value).toEqual(done)
    expect(new Set(statuses(talk))).toEqual(new Set([200]))
    expect(Math.max(...mainTurns(talk).map(({ messages }) => messages.length))).toBeLessThan(14)
    expectLawful(talk)
  })

  it('is compacted after an overflow where the window is smaller than was said', async () => {
    const talk = await longTalk({ provider, windowTokens: 1_200, options: { context: { windowTokens: 100_000 } } })
    expect(talk.value).toEqual(done)
    expect(statuses(talk)).toContain(400)
    expectLawful(talk)
  })

  it('gets a summary in the role of the user, in the place of what went', async () => {
    const context = { windowTokens: 2_500, compactAtShare: 0.6, summary: { maxTokens: 100 } }
    const talk = await longTalk({ provider, windowTokens: 2_500, options: { context } })
    expect(talk.value).toEqual(done)
    const summed = mainTurns(talk).flatMap(({ messages }) =>
      messages.filter(({ text }) => text.includes('Pages were read.')),
    )
    expect(summed.length).toBeGreaterThan(0)
    expect(new Set(summed.map(({ role }) => role))).toEqual(new Set(['user']))
    expectLawful(talk)
  })

  it('ends the task where nothing can be given up, after so many compactions and no more', async () => {
    const tooLong = fault('context.overflow_again', 'primary', { on: 'nth', n: 3 }, { windowTokens: 8_192, times: 20 })
    const context = { windowTokens: 100_000, maxCompactions: 3 }
    const talk = await longTalk({ provider, windowTokens: 100_000, faults: [tooLong], options: { context } })
    expect(talk.value).toEqual({ answer: null, stop: 'context_window_exceeded' })
    const refused = statuses(talk).filter((status) => status === 400)
    expect(refused.length).toBeGreaterThan(1)
    expect(refused.length).toBeLessThanOrEqual(4)
    expect(statuses(talk).at(-1)).toBe(400)
  })

  it('survives an overflow that comes again right after a compaction', async () => {
    const again = fault('context.overflow_again', 'primary', { on: 'nth', n: 6 }, { windowTokens: 8_192, times: 1 })
    const context = { windowTokens: 100_000 }
    const talk = await longTalk({ provider, windowTokens: 100_000, faults: [again], options: { context } })
    expect(talk.value).toEqual(done)
    expect(statuses(talk).filter((status) => status === 400)).toHaveLength(2)
    expectLawful(talk)
  })
})

describe('a conversation that certainly does not fit', () => {
  it('is not sent', async () => {
    const talk = await longTalk({ windowTokens: 1_500, options: { context: { windowTokens: 250 } } })
    expect(talk.value).toEqual({ answer: null, stop: 'context_window_exceeded' })
    expect(talk.turns).toHaveLength(0)
  })

  it('is cut by a counter of the caller, whatever it is worth', async () => {
    const counter = { basis: 'upper_estimate' as const, text: () => 1, request: () => 1, reserved: () => 0 }
    const context = { windowTokens: 1_500, counter }
    const talk = await longTalk({ windowTokens: 1_500, options: { context } })
    expect(talk.value).toEqual({ answer: null, stop: 'context_window_exceeded' })
  })
})

describe('without the option', () => {
  it('the history is cut after the overflow as before', async () => {
    const talk = await longTalk({ windowTokens: 1_500 })
    expect(talk.value).toEqual(done)
    expect(statuses(talk)).toContain(400)
    expect(talk.turns.some(isForSummary)).toBe(false)
  })
})

describe('the summariser', () => {
  const context = { windowTokens: 2_500, compactAtShare: 0.6, summary: { maxTokens: 100 } }
  const isSummed = (talk: Talk) =>
    mainTurns(talk).some(({ messages }) => messages.some(({ text }) => text.includes('summary of')))

  it.each([
    ['is empty', { content: '  ' }],
    ['is too long', { content: 'word '.repeat(150) }],
    ['was cut off', { content: 'Pages we', finishReason: 'length' as const }],
    ['was filtered', { content: 'Pages we', finishReason: 'content_filter' as const }],
    ['refuses', { refusal: 'I cannot sum that up.' }],
    ['asks for tools', { content: 'So far.', toolCalls: [{ name: 'read_page', arguments: { page: 1 } }] }],
  ])('whose reply %s leaves a compaction without a summary', async (_how, reply) => {
    const talk = await longTalk({ windowTokens: 2_500, options: { context }, summary: () => reply })
    expect(talk.value).toEqual(done)
    expect(talk.turns.some(isForSummary)).toBe(true)
    expect(isSummed(talk)).toBe(false)
    expectLawful(talk)
  })

  it.each(['openai.503', 'openai.401', 'net.reset'])('that meets %s leaves one too', async (id) => {
    const before = await longTalk({ windowTokens: 2_500, options: { context } })
    const n = before.turns.findIndex(isForSummary) + 1
    const talk = await longTalk({
      windowTokens: 2_500,
      options: { context },
      faults: [fault(id, 'primary', { on: 'nth', n })],
    })
    expect(talk.value).toEqual(done)
    expectLawful(talk)
  })

  it('is retried as any call is', async () => {
    const before = await longTalk({ windowTokens: 2_500, options: { context } })
    const n = before.turns.findIndex(isForSummary) + 1
    const options = { context, retry: { maxAttempts: 2 } }
    const talk = await longTalk({
      windowTokens: 2_500,
      options,
      faults: [fault('openai.503', 'primary', { on: 'nth', n })],
    })
    expect(talk.value).toEqual(done)
    expect(isSummed(talk)).toBe(true)
  })

  it('passes the breaker of its endpoint, and its failure is not why a task ends', async () => {
    const before = await longTalk({ windowTokens: 2_500, options: { context } })
    const n = before.turns.findIndex(isForSummary) + 1
    const options = { context, breaker: { consecutiveFailures: 1 } }
    const talk = await longTalk({
      windowTokens: 2_500,
      options,
      faults: [fault('openai.503', 'primary', { on: 'nth', n })],
    })
    // The breaker that the summariser opened refuses the call of the step.
    expect(talk.value).toMatchObject({ answer: null, stop: 'error', claims: { refusals: [{ by: 'breaker' }] } })
    expect(statuses(talk)).toHaveLength(n)
  })

  it('has its own time, and the step goes on without it', async () => {
    const before = await longTalk({ windowTokens: 2_500, options: { context } })
    const n = before.turns.findIndex(isForSummary) + 1
    const silence = fault('net.hang.headers', 'primary', { on: 'nth', n })
    const options = { context: { ...context, summary: { maxTokens: 100, timeoutMs: 3_000 } } }
    const talk = await longTalk({ windowTokens: 2_500, options, faults: [silence] })
    expect(talk.value).toEqual(done)
    expect(talk.virtualMs - before.virtualMs).toBeLessThan(5_000)
  })

  it('that takes the whole time of a step leaves the answer to a fallback', async () => {
    const before = await longTalk({ windowTokens: 2_500, options: { context } })
    const n = before.turns.findIndex(isForSummary) + 1
    const silence = fault('net.hang.headers', 'primary', { on: 'nth', n })
    const fallback = { sources: [{ kind: 'text' as const, text: 'Try again later.' }] }
    const options = { context, fallback, timeouts: { stepMs: 4_000 } }
    const talk = await longTalk({ windowTokens: 2_500, options, faults: [silence] })
    expect(talk.value).toMatchObject({ answer: 'Try again later.', stop: 'error' })
  })

  it('reads the messages as data, and is offered no tool', async () => {
    const talk = await longTalk({ windowTokens: 2_500, options: { context } })
    const turn = talk.turns.find(isForSummary)
    expect(turn?.offeredTools).toEqual([])
    expect(turn?.messages.map(({ role }) => role)).toEqual(['system', 'user'])
    const lines = turn?.messages[1]?.text.split('\n').map((line) => JSON.parse(line) as { role: string }) ?? []
    expect(new Set(lines.map(({ role }) => role))).toEqual(new Set(['assistant', 'tool result']))
  })
})

describe('a counter that counts too little', () => {
  it('costs a call or two, and not the task', async () => {
    const request = faultable({ kind: 'store', name: 'counter', synchronous: true }, (asked: ModelRequest) =>
      openAiTokens.request(asked),
    )
    const undercounted: Fault = {
      ...{ id: 'tokens.undercounted', target: { kind: 'store', name: 'counter' }, trigger: { on: 'every', n: 1 } },
      parameters: { percent: 10 },
    }
    const context = { windowTokens: 1_500, counter: { ...openAiTokens, request } }
    const talk = await longTalk({ windowTokens: 1_500, options: { context }, faults: [undercounted] })
    expect(talk.value).toEqual(done)
    expect(statuses(talk)).toContain(400)
    expectLawful(talk)
  })
})

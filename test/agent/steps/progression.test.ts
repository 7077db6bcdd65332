import { eventsOf, progressions, recorded, task } from './_recorded.ts'
import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { AgentOptions } from '../../../src/agent/agent-options.ts'
import type { Fault } from '../../../src/contract/fault.ts'
import { stepProgressions } from '../../../src/agent/steps/step-progression.ts'
import { asksFor, failing, fault, orderTool, refundTool, simplified } from '../_desk.ts'

const all = (received: string): string[] =>
  [1, 2].flatMap((step) =>
    ['started', received, 'step_logged', 'trace_logged', 'finished'].map((point) => `${step} ${point}`),
  )

describe.each(['openai', 'anthropic'] as const)('a step with a model of %s', (provider) => {
  it.each([
    [false, 'reply_received'],
    [true, 'stream_received'],
  ])('streamed: %s, comes from point to point', async (stream, received) => {
    const { events, store } = await recorded({ provider, options: { stream }, primary: asksFor(orderTool) })
    expect(progressions(events)).toEqual(all(received))
    expect(eventsOf(events, 'step_ended')).toMatchObject([
      { step: 1, status: 'done', progression: 'finished', failure: null },
      { step: 2, status: 'done', progression: 'finished', failure: null },
    ])
    const steps = await store.steps.list(task.id)
    expect(steps.map(({ status, progression }) => [status, progression])).toEqual([
      ['done', 'finished'],
      ['done', 'finished'],
    ])
    expect(await store.runs.get(task.id)).toMatchObject({ status: 'completed', stop: 'end_turn' })
  })
})

it('says where the time of a step, of a run and until the first token went', async () => {
  const { events, store } = await recorded({ primary: asksFor(orderTool) })
  const metrics = [
    { modelMs: 600, toolMs: 40, stepMs: 640 },
    { modelMs: 600, toolMs: 0, stepMs: 600 },
  ]
  expect(eventsOf(events, 'step_ended').map((event) => event.metrics)).toEqual(metrics)
  expect((await store.steps.list(task.id)).map(({ cost }) => cost?.metrics)).toEqual(metrics)
  const request = { requestMs: 1_240, timeToFirstTokenMs: 600 }
  expect(events.at(-1)).toMatchObject({ type: 'ended', status: 'completed', ...request })
  expect(await store.runs.get(task.id)).toMatchObject(request)
})

it('the first token is that of the attempt that brought the reply', async () => {
  const cut = fault('sse.cut.reset', 'primary', { on: 'nth', n: 1 }, { afterFrames: 4 })
  const options = { stream: true, retry: { maxAttempts: 2, baseMs: 5_000, jitter: 'none' } } as const
  const { events } = await recorded({ options, faults: [cut] })
  const ended = eventsOf(events, 'ended')[0]
  expect(ended?.timeToFirstTokenMs).toBeGreaterThan(600 + 5_000 + 600)
  expect(ended?.requestMs).toBeGreaterThan(ended?.timeToFirstTokenMs ?? Infinity)
})

describe('a step that fails', () => {
  it('before its reply is kept as failed, with what was wrong', async () => {
    const { events, store } = await recorded({ faults: [failing(1)] })
    const failure = { stop: 'llm_api_error', errorClass: 'server' } as const
    expect(progressions(events)).toEqual(['1 started'])
    expect(eventsOf(events, 'step_ended')).toMatchObject([{ status: 'failed', progression: 'started', failure }])
    const [step] = await store.steps.list(task.id)
    expect(step).toMatchObject({ status: 'failed', progression: 'started', failure, reply: null })
    expect(step?.failure?.message).toContain('503')
    expect(step?.cost?.metrics).toEqual({ modelMs: 600, toolMs: 0, stepMs: 600 })
    expect(await store.runs.get(task.id)).toMatchObject({ status: 'failed', stop: 'llm_api_error' })
  })

  const filtered = () => ({ content: 'I may not', finishReason: 'content_filter' }) as const

  it('after its reply is kept with it', async () => {
    const { outcome, events, store } = await recorded({ primary: filtered })
    const failure = { stop: 'invalid_llm_response', errorClass: null, message: null }
    expect(outcome.stop).toBe('invalid_llm_response')
    expect(progressions(events)).toEqual(['1 started', '1 reply_received'])
    const [step] = await store.steps.list(task.id)
    expect(step).toMatchObject({ status: 'failed', progression: 'reply_received', failure })
    expect(step?.reply).toMatchObject({ content: 'I may not', finishReason: 'content_filter' })
    expect((await store.messages.list(task.id)).map(({ message }) => message.role)).toEqual(['system', 'user'])
  })

  it('keeps what was said in it, out of context, where that is wanted', async () => {
    const options: Partial<AgentOptions> = { keepFailedMessages: true }
    const { store } = await recorded({ options, primary: filtered })
    const said = (await store.messages.list(task.id)).filter(({ failedInStep }) => failedInStep !== undefined)
    expect(said).toMatchObject([
      { failedInStep: 1, position: null, number: 2, message: { role: 'assistant', content: 'I may not' } },
    ])
  })

  it('keeps the results of its tools as well', async () => {
    const options: Partial<AgentOptions> = { keepFailedMessages: true, maxInvalidReplies: 1 }
    const { outcome, store } = await recorded({ options, primary: asksFor('no_such_tool') })
    expect(outcome.stop).toBe('invalid_tool_call')
    const said = (await store.messages.list(task.id)).filter(({ failedInStep }) => failedInStep === 1)
    expect(said.map(({ message }) => message.role)).toEqual(['assistant', 'tool'])
  })

  it('by its own time limit has timed out', async () => {
    const { events } = await recorded({
      options: { timeouts: { stepMs: 100 }, retry: { maxAttempts: 1 } },
    })
    expect(eventsOf(events, 'step_ended')).toMatchObject([{ status: 'failed', failure: { errorClass: 'timeout' } }])
  })

  it('is no failure where it waits for an approval', async () => {
    const options: Partial<AgentOptions> = { policy: { gated: [refundTool] } }
    const { events, store } = await recorded({ options, primary: asksFor(refundTool) })
    expect(eventsOf(events, 'step_ended')).toMatchObject([{ status: 'waiting', progression: 'reply_received' }])
    expect(events.at(-1)).toMatchObject({ status: 'waiting_for_approval' })
    expect(await store.steps.list(task.id)).toMatchObject([
      { status: 'pending', progression: 'reply_received', failure: null, cost: { metrics: { modelMs: 600 } } },
    ])
    expect(await store.runs.get(task.id)).toMatchObject({ status: 'waiting_for_approval', stop: 'requires_approval' })
  })

  it('is kept as failed also where a fallback answers', async () => {
    const fallback = { sources: [simplified] }
    const { events, store } = await recorded({ options: { fallback }, faults: [failing(1)] })
    expect(eventsOf(events, 'step_ended')).toMatchObject([{ status: 'failed', failure: { stop: 'llm_api_error' } }])
    expect(await store.steps.list(task.id)).toMatchObject([{ status: 'failed', progression: 'started' }])
    expect(await store.runs.get(task.id)).toMatchObject({ status: 'completed', source: 'simplified' })
  })
})

const striking: fc.Arbitrary<Fault> = fc
  .record({
    id: fc.constantFrom('openai.503', 'openai.401', 'net.reset', 'net.hang.headers', 'openai.400.context'),
    n: fc.integer({ min: 1, max: 3 }),
  })
  .map(({ id, n }) => fault(id, 'primary', { on: 'nth', n }))

const asked = fc.record({
  faults: fc.array(striking, { maxLength: 2 }),
  tool: fc.constantFrom(orderTool, refundTool, 'no_such_tool'),
  stream: fc.boolean(),
  maxSteps: fc.integer({ min: 1, max: 3 }),
  traces: fc.boolean(),
})

it('every step that begins comes forward only and ends once, and the store says what the events said', async () => {
  const property = fc.asyncProperty(asked, async ({ faults, tool, ...some }) => {
    const options: Partial<AgentOptions> = { retry: { maxAttempts: 2, baseMs: 1 }, ...some }
    const { events, store } = await recorded({ options, faults, primary: asksFor(tool) })
    const ends = eventsOf(events, 'step_ended')
    const begun = eventsOf(events, 'step_started').map(({ step }) => step)
    expect(ends.map(({ step }) => step)).toEqual(begun)
    for (const { step, progression, status } of ends) {
      const points = eventsOf(events, 'step_progressed').filter((event) => event.step === step)
      const places = points.map((point) => stepProgressions.indexOf(point.progression))
      expect(places).toEqual([...places].sort((one, other) => one - other))
      expect(points.at(-1)?.progression).toBe(progression)
      expect(progression === 'finished').toBe(status === 'done')
    }
    const steps = await store.steps.list(task.id)
    expect(steps.map(({ status, progression }) => [status, progression])).toEqual(
      ends.map(({ status, progression }) => [status, progression]),
    )
    const ended = events.at(-1)
    expect(ended?.type === 'ended' && ended.status).toBe((await store.runs.get(task.id))?.status)
  })
  await fc.assert(property, { numRuns: 60 })
})

import { SpanKind } from '@opentelemetry/api'
import { describe, expect, it } from 'vitest'
import { genAiTelemetry } from '../../../src/agent/telemetry/gen-ai-telemetry.ts'
import { asksFor, atTheDesk, failing, fault, orderTool, refundTool, simplified } from '../_desk.ts'
import type { Desk } from '../_desk.ts'
import { otel } from './_otel.ts'
import type { SeenSpan } from './_otel.ts'

/** The spans of one task at the desk. */
async function spansOf(
  { options, ...desk }: Desk,
  telemetry: Parameters<ReturnType<typeof otel>['telemetry']>[0] = {},
) {
  const sdk = otel()
  const observer = sdk.telemetry(telemetry)
  const played = await atTheDesk({ ...desk, options: { ...options, observer } }, (ask) => ask())
  const spans = await sdk.spans()
  const named = (name: string): SeenSpan => {
    const span = spans.find((each) => each.name === name)
    if (!span) throw new Error(`no span ${name} among ${spans.map((each) => each.name).join(', ')}`)
    return span
  }
  return { ...sdk, outcome: played.value, list: spans, named }
}

const duration = 'gen_ai.client.operation.duration'

describe('the spans of a task', () => {
  it('are a tree of task, steps, model calls and tool calls', async () => {
    const { list } = await spansOf({ primary: asksFor(orderTool) })
    expect(list.map(({ name, parent, kind }) => ({ name, parent, kind }))).toEqual([
      { name: 'invoke_agent desk', parent: null, kind: SpanKind.INTERNAL },
      { name: 'agent_step', parent: 'invoke_agent desk', kind: SpanKind.INTERNAL },
      { name: 'chat large', parent: 'agent_step', kind: SpanKind.CLIENT },
      { name: `execute_tool ${orderTool}`, parent: 'agent_step', kind: SpanKind.INTERNAL },
      { name: 'agent_step', parent: 'invoke_agent desk', kind: SpanKind.INTERNAL },
      { name: 'chat large', parent: 'agent_step', kind: SpanKind.CLIENT },
    ])
    expect(new Set(list.map(({ trace }) => trace)).size).toBe(1)
    expect(list.some(({ isError }) => isError)).toBe(false)
  })

  it('say which model was asked where, and what it came to', async () => {
    const { named } = await spansOf({ primary: asksFor(orderTool) })
    expect(named('chat large').attributes).toEqual({
      'gen_ai.operation.name': 'chat',
      'gen_ai.provider.name': 'openai',
      'gen_ai.request.model': 'large',
      'gen_ai.conversation.id': 'task-1',
      'gen_ai.response.id': expect.stringMatching(/^chatcmpl-/),
      'gen_ai.response.model': expect.stringMatching(/./),
      'gen_ai.response.finish_reasons': ['tool_calls'],
      'gen_ai.usage.input_tokens': expect.any(Number),
      'gen_ai.usage.output_tokens': expect.any(Number),
      'gen_ai.usage.cache_read.input_tokens': 0,
      'gen_ai.usage.reasoning.output_tokens': 0,
      'server.address': 'api.openai.com',
      'server.port': 443,
      'reference_agent.purpose': 'turn',
    })
    expect(named(`execute_tool ${orderTool}`).attributes).toEqual({
      'gen_ai.operation.name': 'execute_tool',
      'gen_ai.tool.name': orderTool,
      'gen_ai.tool.call.id': expect.stringMatching(/^call_/),
      'gen_ai.tool.description': 'Looks an order up.',
      'gen_ai.tool.type': 'function',
    })
    expect(named('invoke_agent desk').attributes).toMatchObject({
      'gen_ai.operation.name': 'invoke_agent',
      'gen_ai.agent.name': 'desk',
      'gen_ai.conversation.id': 'task-1',
      'gen_ai.provider.name': 'openai',
      'reference_agent.stop_reason': 'end_turn',
      'reference_agent.steps': 2,
    })
  })

  it('of Anthropic name it', async () => {
    const { named } = await spansOf({
      provider: 'anthropic',
      options: {
        client: {
          name: 'primary',
          provider: 'anthropic',
          apiKey: 'key-a',
          baseURL: 'https://api.anthropic.com',
          model: 'large',
          maxOutputTokens: 64,
        },
      },
    })
    expect(named('chat large').attributes).toMatchObject({
      'gen_ai.provider.name': 'anthropic',
      'gen_ai.response.id': expect.stringMatching(/^msg_/),
      'gen_ai.response.model': expect.stringMatching(/./),
      'gen_ai.request.max_tokens': 64,
      'server.address': 'api.anthropic.com',
    })
  })

  it('cover the attempts of a call, and tell of those that failed', async () => {
    const options = { retry: { maxAttempts: 3, baseMs: 1_000, jitter: 'none' } } as const
    const { list, named, points } = await spansOf({ options, faults: [failing(2)] })
    const chats = list.filter(({ name }) => name === 'chat large')
    expect(chats).toHaveLength(1)
    expect(chats[0]?.tookMs).toBeGreaterThanOrEqual(3_000)
    const failed = { name: 'attempt_failed', attributes: { 'error.type': 'server' } }
    expect(chats[0]?.events).toEqual([failed, failed])
    expect(named('agent_step').events).toEqual([failed, failed])
    expect(chats[0]?.isError).toBe(false)
    expect(await points(duration)).toMatchObject([
      { count: 1, attributes: { 'gen_ai.operation.name': 'chat' } },
      { count: 1, attributes: { 'gen_ai.operation.name': 'invoke_agent' } },
    ])
  })

  it('of what failed have the class of the error, and no words of it', async () => {
    const { list, named, points, outcome } = await spansOf({ faults: [failing(1)] })
    expect(outcome.stop).toBe('llm_api_error')
    for (const [name, errorType] of [
      ['chat large', 'server'],
      ['invoke_agent desk', 'llm_api_error'],
    ] as const) {
      expect(named(name)).toMatchObject({ isError: true, attributes: { 'error.type': errorType } })
    }
    expect(list.every(({ isError }) => isError)).toBe(true)
    const counted = (await points(duration)).map(({ attributes }) => attributes['error.type'])
    expect(counted).toEqual(['server', 'llm_api_error'])
  })

  it('of a tool have the status of its back end', async () => {
    const { named, points } = await spansOf({
      primary: asksFor(orderTool),
      faults: [fault('tool.error', orderTool, undefined, { status: 500 })],
    })
    expect(named(`execute_tool ${orderTool}`)).toMatchObject({ isError: true, attributes: { 'error.type': '500' } })
    const tools = (await points(duration)).filter(
      ({ attributes }) => attributes['gen_ai.operation.name'] === 'execute_tool',
    )
    expect(tools).toMatchObject([{ count: 1, attributes: { 'gen_ai.tool.name': orderTool, 'error.type': '500' } }])
  })

  it('of a task that was cancelled are no errors', async () => {
    const sdk = otel()
    const options = { observer: sdk.telemetry() }
    const faults = [fault('net.hang.headers', 'primary')]
    await atTheDesk({ options, faults }, (ask) => ask({ cancelAfterMs: 500 }))
    const [task, , chat] = await sdk.spans()
    expect(task).toMatchObject({
      isError: false,
      attributes: { 'reference_agent.stop_reason': 'cancelled' },
      tookMs: 500,
    })
    expect(chat).toMatchObject({ isError: true, attributes: { 'error.type': 'cancelled' } })
  })

  it('say which source of a chain answered, and where each model is', async () => {
    const { list } = await spansOf({
      options: { fallback: { sources: [simplified] } },
      faults: [fault('openai.503', 'primary')],
    })
    expect(list[0]?.attributes).toMatchObject({ 'reference_agent.source': 'simplified' })
    expect(
      list.filter(({ name }) => name.startsWith('chat')).map(({ attributes }) => attributes['server.address']),
    ).toEqual(['api.openai.com', 'backup.test'])
  })

  it('have the tools of a step as its events', async () => {
    const { named } = await spansOf({ primary: asksFor(refundTool) })
    const its = { 'gen_ai.tool.name': refundTool, 'gen_ai.tool.call.id': expect.any(String) }
    const { tookMs } = named(`execute_tool ${refundTool}`)
    expect(named('agent_step').events).toEqual([
      { name: 'tool_execution_started', attributes: its },
      {
        name: 'tool_execution_completed',
        attributes: { ...its, 'reference_agent.duration_ms': tookMs, 'reference_agent.succeeded': true },
      },
    ])
    expect(tookMs).toBeGreaterThan(0)
  })
})

describe('a streamed reply', () => {
  const stream = { stream: true, retry: { maxAttempts: 2, baseMs: 1, jitter: 'none' } } as const
  const first = 'gen_ai.client.operation.time_to_first_chunk'

  it('tells how long its first piece took', async () => {
    const faults = [fault('net.hang.headers', 'primary', { on: 'nth', n: 9 })]
    const { named, points, list } = await spansOf({ options: stream, faults })
    const token = named('time_to_first_token')
    expect(token).toMatchObject({ parent: 'chat large', beganMs: named('chat large').beganMs })
    expect(token.tookMs).toBeGreaterThan(0)
    expect(token.tookMs).toBeLessThan(named('chat large').tookMs)
    expect(list.filter(({ name }) => name === 'time_to_first_token')).toHaveLength(1)
    expect(named('chat large').attributes).toMatchObject({
      'gen_ai.request.stream': true,
      'gen_ai.response.id': expect.stringMatching(/^chatcmpl-/),
      'gen_ai.response.model': expect.stringMatching(/./),
      'gen_ai.response.time_to_first_chunk': token.tookMs / 1_000,
    })
    expect(await points(first)).toMatchObject([{ count: 1, sum: token.tookMs / 1_000 }])
  })

  it('that broke off does not count: the first piece is that of the reply', async () => {
    const cut = fault('sse.cut.reset', 'primary', { on: 'nth', n: 1 }, { afterFrames: 4 })
    const { named, points, list } = await spansOf({ options: stream, faults: [cut] })
    expect(list.filter(({ name }) => name === 'time_to_first_token')).toHaveLength(2)
    const [point] = await points(first)
    expect(point).toMatchObject({
      count: 1,
      sum: named('chat large').attributes['gen_ai.response.time_to_first_chunk'],
    })
    const [, second] = list.filter(({ name }) => name === 'time_to_first_token')
    expect(point?.sum).toBeGreaterThan(((second?.beganMs ?? 0) - named('chat large').beganMs) / 1_000)
  })

  it('of which nothing came has no such time', async () => {
    const { points, outcome } = await spansOf({ options: stream, faults: [fault('openai.503', 'primary')] })
    expect(outcome.stop).toBe('llm_api_error')
    expect(await points(first)).toEqual([])
  })
})

describe('the metrics of a task', () => {
  it('count the tokens that the provider has counted', async () => {
    const { points, list } = await spansOf({ primary: asksFor(orderTool) })
    const chats = list.filter(({ name }) => name === 'chat large')
    const total = (key: string): number => chats.reduce((sum, { attributes }) => sum + Number(attributes[key]), 0)
    const its = { 'gen_ai.operation.name': 'chat', 'gen_ai.provider.name': 'openai', 'gen_ai.request.model': 'large' }
    expect(await points('gen_ai.client.token.usage')).toMatchObject([
      { count: 2, sum: total('gen_ai.usage.input_tokens'), attributes: { ...its, 'gen_ai.token.type': 'input' } },
      { count: 2, sum: total('gen_ai.usage.output_tokens'), attributes: { ...its, 'gen_ai.token.type': 'output' } },
    ])
    expect(list[0]?.attributes).toMatchObject({
      'gen_ai.usage.input_tokens': total('gen_ai.usage.input_tokens'),
      'gen_ai.usage.output_tokens': total('gen_ai.usage.output_tokens'),
    })
  })

  it('guess nothing where it has counted none', async () => {
    const { points, list } = await spansOf({ faults: [fault('usage', 'primary')] })
    expect(await points('gen_ai.client.token.usage')).toEqual([])
    expect(list.flatMap(({ attributes }) => Object.keys(attributes)).join()).not.toContain('gen_ai.usage')
  })

  it('are told without spans too', async () => {
    const sdk = otel()
    const observer = genAiTelemetry({ meter: sdk.meter })
    await atTheDesk({ options: { observer } }, (ask) => ask())
    expect(await sdk.spans()).toEqual([])
    expect(await sdk.points(duration)).toHaveLength(2)
  })
})

it.each([
  [{}, '"tracer" is wrong (or "meter" must be given)'],
  [{ tracer: 1 }, '"tracer" is wrong (must be a tracer)'],
])('options %o are refused in one sentence', (options, words) => {
  // @ts-expect-error -- what a program in JavaScript may write
  expect(() => genAiTelemetry(options)).toThrow(words)
})

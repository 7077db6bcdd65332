import type OpenAI from 'openai'
import { describe, expect, it } from 'vitest'
import type { Fault } from '../../../src/contract/fault.ts'
import { anthropicMessages } from '../../../src/wire/anthropic/anthropic-messages.ts'
import { openAiEmbeddings } from '../../../src/wire/openai/embeddings.ts'
import { openAiChat } from '../../../src/wire/openai/openai-chat.ts'
import { greeting, play, rejection, sdk } from '../../wire/_play.ts'
import { telemetryCollector } from '../../../src/wire/telemetry-collector.ts'
import { fault, model, modelTarget } from '../_strike.ts'

const ask = () => sdk().chat.completions.create(greeting)

describe('a budget that is spent in the middle of a call', () => {
  const kill = fault('policy.budget_kill', modelTarget, {}, { on: 'nth', n: 2 })

  it('cuts that call off and stops every later one, until the world heals', async () => {
    const scene = { upstreams: [model()], faults: [kill], healAtMs: 60_000 }
    const { value, deliveries } = await play(scene, async () => {
      const ends: unknown[] = []
      for (let call = 0; call < 4; call++) {
        ends.push(
          await ask().then(
            ({ choices }) => choices[0]?.message.content,
            (error: unknown) => error,
          ),
        )
      }
      await new Promise((resolve) => setTimeout(resolve, 60_000))
      return [...ends, (await ask()).choices[0]?.message.content]
    })
    const [first, cut, third, fourth, healed] = value as Partial<InstanceType<typeof OpenAI.APIError>>[]
    expect([first, healed]).toEqual(['Hello.', 'Hello.'])
    expect(cut).toMatchObject({ message: 'Connection error.' })
    const stop = { status: 429, code: 'project_spend_limit_exceeded', type: 'insufficient_quota' }
    expect([third, fourth]).toMatchObject([stop, stop])
    expect(deliveries).toEqual([3])
  })

  it('leaves other endpoints alone, and speaks the words of each', async () => {
    const other = anthropicMessages({ name: 'anthropic', script: () => ({ content: 'Hello.' }) })
    const body = JSON.stringify({
      model: 'claude-sonnet-4-5',
      max_tokens: 9,
      messages: [{ role: 'user', content: 'Hi' }],
    })
    const headers = { 'content-type': 'application/json', 'x-api-key': 'sk', 'anthropic-version': '2023-06-01' }
    const say = () => fetch('https://api.anthropic.com/v1/messages', { method: 'POST', headers, body })
    const first = {
      ...kill,
      target: { kind: 'model', name: 'anthropic' },
      trigger: { on: 'nth', n: 1 },
    } satisfies Fault
    const { value } = await play({ upstreams: [model(), other], faults: [first] }, async () => {
      const cut = await rejection(say())
      const stopped = await say()
      return { cut: cut.message, stopped: [stopped.status, await stopped.text()], other: (await ask()).object }
    })
    expect(value).toMatchObject({ cut: 'fetch failed', other: 'chat.completion' })
    expect(value.stopped).toEqual([400, expect.stringContaining('spend limit of your workspace')])
  })
})

describe('a delegation that never ends', () => {
  const loop = fault('delegation.loop', modelTarget, { tool: 'hand_over', arguments: { to: 'billing' } })

  it('is asked for by every agent on the endpoint, and only a bound of steps ends it', async () => {
    const upstreams = [openAiChat({ script: () => ({ content: 'Done.' }) })]
    /** Two agents that hand the task to each other as long as their models ask for it. */
    async function work(agent: string, depth: number): Promise<string> {
      if (depth === 8) return `${agent} gave up`
      const { choices } = await ask()
      const asked = choices[0]?.message.tool_calls?.[0]
      if (asked?.type !== 'function' || asked.function.name !== 'hand_over') return `${agent} is done`
      return work(agent === 'sales' ? 'billing' : 'sales', depth + 1)
    }
    const looped = await play({ upstreams, faults: [loop] }, () => work('sales', 0))
    expect(looped.value).toBe('sales gave up')
    expect(looped.deliveries).toEqual([8])
    expect(looped.events.flatMap((event) => (event.type === 'fault.injected' ? [event.demanded] : []))[0]).toBeNull()
    expect((await play({ upstreams }, () => work('sales', 0))).value).toBe('sales is done')
  })
})

describe('a collector of telemetry', () => {
  const url = 'https://telemetry.test/otlp'
  const telemetry = { kind: 'telemetry', name: 'telemetry' } as const
  const send = (headers: Record<string, string> = {}, signal: AbortSignal | null = null) =>
    fetch(`${url}/v1/traces`, { method: 'POST', headers, body: '{"resourceSpans":[]}', signal })

  /** Tells of its step and goes on, whatever becomes of the telling. */
  const careful = async () => {
    void send({}, AbortSignal.timeout(1_000)).catch(() => {})
    return (await ask()).choices[0]?.message.content
  }
  /** Waits until its step is told. */
  const careless = async () => {
    if (!(await send()).ok) throw new Error('the step could not be told')
    return (await ask()).choices[0]?.message.content
  }
  const upstreams = () => [telemetryCollector({ url }), model()]

  it('takes spans and step logs, and answers in the encoding of the request', async () => {
    const { value, events } = await play({ upstreams: upstreams() }, async () => {
      const json = await send({ 'content-type': 'application/json' })
      const proto = await send({ 'content-type': 'application/x-protobuf' })
      return [await json.text(), proto.headers.get('content-type'), await proto.text()]
    })
    expect(value).toEqual(['{}', 'application/x-protobuf', ''])
    expect(events[0]).toMatchObject({ kind: 'telemetry', upstream: 'telemetry' })
  })

  it('takes what is posted or put below its base, and nothing else', async () => {
    const base = 'https://telemetry.test/otlp'
    const ways = [
      ['POST', '/v1/traces'],
      ['PUT', '/v1/steps'],
      ['POST', ''],
      ['GET', '/v1/traces'],
      ['POST', 'x/v1/traces'],
    ] as const
    const { value } = await play({ upstreams: [telemetryCollector({ url: `${base}/` })] }, () =>
      Promise.all(
        ways.map(([method, path]) =>
          fetch(`${base}${path}`, { method }).then(
            ({ status }) => status,
            ({ cause }: Error) => (cause as { code?: string }).code,
          ),
        ),
      ),
    )
    expect(value).toEqual([200, 200, 200, 'SHAKEDOWN_UNKNOWN_HOST', 'SHAKEDOWN_UNKNOWN_HOST'])
  })

  it.each([
    ['net.refused', {}],
    ['gateway.503', {}],
    ['latency.fixed', { ms: 45_000 }],
    ['net.hang.headers', {}],
  ])('that fails by %s %j fails no step of an agent that does not wait for it', async (id, parameters) => {
    const down = fault(id, telemetry, parameters)
    const { value, virtualMs, deliveries } = await play({ upstreams: upstreams(), faults: [down] }, careful)
    expect({ value, isQuick: virtualMs < 10_000, deliveries }).toEqual({
      value: 'Hello.',
      isQuick: true,
      deliveries: [1],
    })
    const waited = await play({ upstreams: upstreams(), faults: [down] }, careless).catch(() => null)
    expect(waited === null || waited.virtualMs >= 45_000).toBe(true)
  })
})

describe('an endpoint of embeddings', () => {
  const target = { kind: 'other', name: 'embeddings' } as const
  it.each([
    ['openai.500', {}, { status: 500 }],
    ['openai.429.rpm', {}, { status: 429, code: 'rate_limit_exceeded' }],
    ['gateway.503', {}, { status: 503 }],
    ['net.reset', {}, { message: 'Connection error.' }],
  ])('is struck by %s in the words of its provider', async (id, parameters, expected) => {
    const upstreams = [openAiEmbeddings({ name: 'embeddings' })]
    const { value, deliveries } = await play({ upstreams, faults: [fault(id, target, parameters)] }, () =>
      rejection(sdk().embeddings.create({ model: 'text-embedding-3-small', input: 'Hello.' })),
    )
    expect(value).toMatchObject(expected)
    expect(deliveries).toEqual([1])
  })
})

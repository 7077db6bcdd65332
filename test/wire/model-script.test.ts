import type OpenAI from 'openai'
import { describe, expect, it } from 'vitest'
import type { ShakedownError } from '../../src/contract/errors.ts'
import { Exchanges } from '../../src/wire/exchange.ts'
import { type ModelTurn, scriptedReply } from '../../src/wire/model-script.ts'
import { openAiChat } from '../../src/wire/openai/openai-chat.ts'
import { toolBackend } from '../../src/wire/tool-backend.ts'
import { noInterference } from '../../src/wire/interference.ts'
import { World } from '../../src/simulation/world.ts'
import { Recorder } from '../../src/trace/recorder.ts'
import type { Upstream } from '../../src/wire/upstream.ts'
import { WorldNetwork } from '../../src/wire/world-network.ts'
import { greeting, play, sdk } from './_play.ts'

describe('a scripted model', () => {
  it('gives the replies of a fixed list one after another', async () => {
    const upstreams = [openAiChat({ script: [{ content: 'One.' }, { content: 'Two.' }] })]
    const { value } = await play({ upstreams }, async () => [
      (await sdk().chat.completions.create(greeting)).choices[0]?.message.content,
      (await sdk().chat.completions.create(greeting)).choices[0]?.message.content,
    ])
    expect(value).toEqual(['One.', 'Two.'])
  })

  it('counts only the replies it has given, not the requests it refused', async () => {
    const upstreams = [openAiChat({ script: [{ content: 'One.' }, { content: 'Two.' }] })]
    const { value } = await play({ upstreams }, async () => {
      await sdk().chat.completions.create(greeting)
      await sdk()
        .chat.completions.create({ ...greeting, messages: [{ role: 'tool', tool_call_id: 'call_1', content: '' }] })
        .catch(() => {})
      return sdk().chat.completions.create(greeting)
    })
    expect(value.choices[0]?.message.content).toBe('Two.')
  })

  it('as a function sees the conversation, the offered tools and how often it has replied', async () => {
    const turns: ModelTurn[] = []
    const upstreams = [openAiChat({ script: (turn) => (turns.push(turn), { content: 'Noted.' }) })]
    const request: OpenAI.ChatCompletionCreateParamsNonStreaming = {
      model: 'gpt-5',
      messages: [
        { role: 'system', content: 'Be brief.' },
        {
          role: 'user',
          content: [
            { type: 'text', text: 'Where is ' },
            { type: 'text', text: 'A-1?' },
          ],
        },
        {
          role: 'assistant',
          tool_calls: [{ id: 'call_1', type: 'function', function: { name: 'look_up', arguments: '{"id":"A-1"}' } }],
        },
        { role: 'tool', tool_call_id: 'call_1', content: 'shipped' },
      ],
      tools: [{ type: 'function', function: { name: 'look_up' } }],
    }
    await play({ upstreams }, async () => {
      await sdk().chat.completions.create(greeting)
      await sdk().chat.completions.create(request)
    })
    expect(turns.map(({ replies }) => replies)).toEqual([0, 1])
    expect(turns[1]).toMatchObject({
      offeredTools: ['look_up'],
      messages: [
        { role: 'system', text: 'Be brief.', toolCalls: [], toolCallId: null },
        { role: 'user', text: 'Where is A-1?', toolCalls: [], toolCallId: null },
        { role: 'assistant', text: '', toolCalls: [{ id: 'call_1', name: 'look_up', arguments: '{"id":"A-1"}' }] },
        { role: 'tool', text: 'shipped', toolCalls: [], toolCallId: 'call_1' },
      ],
    })
  })

  it('that has no reply left is a usage error of that name', () => {
    const turn: ModelTurn = { messages: [], offeredTools: [], replies: 1, task: undefined }
    expect(() => scriptedReply([{ content: 'One.' }], turn, 'openai')).toThrow(
      expect.objectContaining({
        kind: 'usage',
        code: 'SHAKEDOWN_SCRIPT_EXHAUSTED',
        message:
          'the script of model "openai" has 1 reply and was asked for one more; add a reply, or give a function of the request.',
      }),
    )
  })
})

describe('an upstream that throws', () => {
  /** Sends one request outside the driver and says what the exchange made of it. */
  async function defectOf(upstream: Upstream): Promise<{ defects: ShakedownError[]; world: World; settled: boolean }> {
    const defects: ShakedownError[] = []
    const world = new World('defect', new WorldNetwork([upstream]), () => {})
    const recorder = new Recorder()
    const exchanges = new Exchanges({
      world,
      recorder,
      interference: noInterference,
      seed: 'defect',
      tasks: [],
      onDefect: (defect) => defects.push(defect),
    })
    let settled = false
    const request = {
      method: 'POST',
      url: `${upstream.origin}/v1/chat/completions`,
      header: () => 'Bearer sk-test',
      body: JSON.stringify(greeting),
      signal: null,
    }
    const settle = (): void => void (settled = true)
    void exchanges.send(upstream, request, 0).then(settle, settle)
    for (let turn = 0; turn < 5; turn++) await new Promise((resolve) => setImmediate(resolve))
    return { defects, world, settled }
  }

  it('ends the world with the scenario at fault, instead of breaking the connection of the agent', async () => {
    const { defects, world, settled } = await defectOf(openAiChat({ script: [], latencyMs: 0 }))
    expect(defects.map(({ code }) => code)).toEqual(['SHAKEDOWN_SCRIPT_EXHAUSTED'])
    expect(world.interruption).toMatchObject({ how: 'crashed', detail: defects[0]?.message })
    expect(settled).toBe(false)
  })

  it('anything of its own is named with the upstream', async () => {
    const upstream = toolBackend({
      tool: 'look_up',
      method: 'GET',
      url: 'https://orders.test/orders/:id',
      latencyMs: 0,
      handle: () => {
        throw new TypeError('orders is undefined')
      },
    })
    const { defects } = await defectOf(upstream)
    expect(defects[0]).toMatchObject({
      kind: 'usage',
      code: 'SHAKEDOWN_UPSTREAM',
      message: 'upstream "look_up" threw TypeError: orders is undefined; mend it in the scenario.',
    })
  })
})

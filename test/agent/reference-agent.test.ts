import { getEventListeners } from 'node:events'
import { describe, expect, expectTypeOf, it, onTestFinished, vi } from 'vitest'
import { createReferenceAgent } from '../../src/agent/reference-agent.ts'
import type { StopReason } from '../../src/agent/task/outcome.ts'
import type { StopReason as ContractStopReason } from '../../src/contract/outcome.ts'
import type { Agent } from '../../src/contract/task.ts'
import { asks, fails, ok, overflow, says } from './chat-replies.ts'
import { runAgent, supportTools } from './rig.ts'
import type { Reply } from './scripted-server.ts'

const lookUp = asks([{ name: 'look_up_order', args: { orderId: 'A-1001' } }])
const refund = asks([{ name: 'issue_refund', args: { orderId: 'A-1001' } }])

describe('the types of the reference agent', () => {
  it('fit the contract, although the agent imports none of it', () => {
    expectTypeOf<ReturnType<typeof createReferenceAgent>>().toExtend<Agent>()
    expectTypeOf<StopReason>().toEqualTypeOf<ContractStopReason>()
  })
})

describe('the stop reason', () => {
  it('is end_turn with the text of a reply without calls', async () => {
    const { outcome, results, model } = await runAgent({
      model: [lookUp, says('It is on its way.')],
      back: [ok({ state: 'shipped' })],
    })
    expect(outcome).toEqual({ answer: 'It is on its way.', stop: 'end_turn' })
    expect(results()).toEqual([{ id: 'call_1', content: '{"state":"shipped"}' }])
    expect(model.seen).toHaveLength(2)
  })

  it('is end_turn with the refusal of a model that refuses', async () => {
    const { outcome } = await runAgent({ model: [says(null, { refusal: 'I cannot help with that.' })] })
    expect(outcome).toEqual({ answer: 'I cannot help with that.', stop: 'end_turn' })
  })

  it('is max_steps when the last permitted reply still asks for tools, which then do not run', async () => {
    const { outcome, back, model } = await runAgent({
      model: [lookUp, refund],
      back: [ok({}), ok({})],
      options: { maxSteps: 2 },
    })
    expect(outcome).toEqual({ answer: null, stop: 'max_steps' })
    expect(model.seen).toHaveLength(2)
    expect(back.seen.map(({ path }) => path)).toEqual(['/orders/A-1001'])
  })

  it('is end_turn when the last permitted reply answers', async () => {
    const { outcome } = await runAgent({ model: [lookUp, says('Done.')], back: [ok({})], options: { maxSteps: 2 } })
    expect(outcome.stop).toBe('end_turn')
  })

  it('is llm_api_error when the model call finally fails', async () => {
    const { outcome } = await runAgent({ model: [fails(401, { code: 'invalid_api_key' })] })
    expect(outcome).toEqual({ answer: null, stop: 'llm_api_error' })
  })

  it('is context_window_exceeded when nothing can be given up', async () => {
    const { outcome, model } = await runAgent({ model: [overflow] })
    expect(outcome.stop).toBe('context_window_exceeded')
    expect(model.seen).toHaveLength(1)
  })

  it('is error where the agent itself is at fault, and the promise does not reject', async () => {
    const broken = (): never => {
      throw new RangeError('a defect')
    }
    const { outcome } = await runAgent({ model: [lookUp], back: [ok({})], parts: { toolResultMessages: broken } })
    expect(outcome).toEqual({ answer: null, stop: 'error' })
  })

  it.each([
    ['no choices', ok({ choices: [] })],
    ['an empty text', says('')],
    ['no text and no calls', says(null)],
    ['a text cut at its length limit', says('The refund is', { finish: 'length' })],
    ['a filtered text', says('The', { finish: 'content_filter' })],
    ['a page instead of JSON', { status: 200, headers: { 'content-type': 'text/html' }, body: '<html></html>' }],
    ['broken JSON', { status: 200, body: '{"choices": [' }],
    ['an empty body', { status: 200, body: '' }],
    ['calls without a function', ok({ choices: [{ message: { tool_calls: [{ id: 'x', type: 'custom' }] } }] })],
  ])('is invalid_llm_response for %s, after one request', async (_case, reply) => {
    const { outcome, model } = await runAgent({ model: [reply] })
    expect(outcome).toEqual({ answer: null, stop: 'invalid_llm_response' })
    expect(model.seen).toHaveLength(1)
  })
})

describe('cancelling a task', () => {
  it('before it starts sends nothing', async () => {
    const { outcome, model } = await runAgent({ model: [says('hi')], signal: AbortSignal.abort() })
    expect(outcome.stop).toBe('cancelled')
    expect(model.seen).toEqual([])
  })

  it('aborts a model call in flight', async () => {
    const controller = new AbortController()
    const { outcome, model } = await runAgent({
      model: ['hang'],
      signal: controller.signal,
      meanwhile: ({ model }) => void model.arrived(1).then(() => controller.abort()),
    })
    expect(outcome.stop).toBe('cancelled')
    await expect.poll(() => model.abandoned).toHaveLength(1)
  })

  it('aborts a tool call in flight and asks the model no more', async () => {
    const controller = new AbortController()
    const { outcome, model, back } = await runAgent({
      model: [refund],
      back: ['hang'],
      signal: controller.signal,
      meanwhile: ({ back }) => void back.arrived(1).then(() => controller.abort()),
    })
    expect(outcome.stop).toBe('cancelled')
    expect(model.seen).toHaveLength(1)
    await expect.poll(() => back.abandoned).toHaveLength(1)
  })

  it('outweighs whatever else went wrong', async () => {
    const controller = new AbortController()
    const isRetryable = () => {
      controller.abort()
      return false
    }
    const { outcome } = await runAgent({ model: [fails(500)], signal: controller.signal, parts: { isRetryable } })
    expect(outcome.stop).toBe('cancelled')
  })

  it('ends a wait between attempts at once', async () => {
    const controller = new AbortController()
    const { outcome, model } = await runAgent({
      model: [fails(503, {}, { 'retry-after': '50' }), says('late')],
      signal: controller.signal,
      parts: {
        backoff: () => {
          queueMicrotask(() => controller.abort())
          return 1
        },
      },
    })
    expect(outcome.stop).toBe('cancelled')
    expect(model.seen).toHaveLength(1)
  })
})

describe('after a task', () => {
  it('no timer and no listener is left, whatever happened in it', async () => {
    // Without sockets, as the pool of fetch keeps timers of its own.
    vi.stubGlobal('fetch', fetchFrom([{ status: 503 }, 'hang', lookUp, ok({}), refund, 'hang', says('Done.')]))
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] })
    onTestFinished(() => void vi.useRealTimers().unstubAllGlobals())
    const agent = createReferenceAgent({
      client: { apiKey: 'k', baseURL: 'http://model.test', model: 'm' },
      instructions: 'Help.',
      tools: supportTools('http://back.test'),
    })
    const { signal } = new AbortController()
    const running = agent({ id: 't', input: 'hi' }, { signal })
    await vi.advanceTimersByTimeAsync(60_000)
    expect(await running).toEqual({ answer: 'Done.', stop: 'end_turn' })
    expect(getEventListeners(signal, 'abort')).toEqual([])
    expect(vi.getTimerCount()).toBe(0)
  })
})

function fetchFrom(script: (Reply | { status: number })[]) {
  return async (_url: string, init: RequestInit): Promise<Response> => {
    const reply = script.shift()
    if (typeof reply === 'object') {
      const body = 'body' in reply ? reply.body : ''
      return new Response(body, { status: reply.status, headers: { 'content-type': 'application/json' } })
    }
    return new Promise((_, reject) => {
      init.signal?.addEventListener('abort', () => reject(new DOMException('aborted', 'AbortError')))
    })
  }
}

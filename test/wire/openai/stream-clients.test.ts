import '../../simulation/_install.ts'
import { createOpenAI } from '@ai-sdk/openai'
import { jsonSchema, streamText, tool } from 'ai'
import OpenAI from 'openai'
import { describe, expect, it } from 'vitest'
import type { Fault } from '../../../src/contract/fault.ts'
import type { ScriptedReply } from '../../../src/wire/model-script.ts'
import { openAiChat } from '../../../src/wire/openai/openai-chat.ts'
import { fault, modelTarget } from '../../faults/_strike.ts'
import { greeting, play, sdk } from '../_play.ts'

const shipped: ScriptedReply = { content: 'Your order has been shipped.' }
const refund: ScriptedReply = { toolCalls: [{ name: 'refund', arguments: { orderId: 'A-1' } }] }
const partial = { content: 'Your order', finishReason: '', toolCalls: [] }

function under<Value>(faults: readonly Fault[], run: () => Promise<Value>, reply = shipped) {
  return play({ upstreams: [openAiChat({ script: () => reply })], faults }, run)
}

describe('the official client', () => {
  it('hangs up when its loop is left, and the trace tells what had come', async () => {
    const { events, value } = await under([], async () => {
      let text = ''
      for await (const chunk of await sdk().chat.completions.create({ ...greeting, stream: true })) {
        text += chunk.choices[0]?.delta.content ?? ''
        if (text === 'Your order') break
      }
      return Date.now() - Date.UTC(2026, 0, 1)
    })
    expect(events.at(-1)).toMatchObject({ type: 'request.aborted', at: value, class: 'indeterminate', partial })
  })

  it('ends its loop without an error when it is aborted, at that very time', async () => {
    const { events, value } = await under([], async () => {
      const stream = await sdk().chat.completions.create({ ...greeting, stream: true })
      setTimeout(() => stream.controller.abort(), 40)
      let text = ''
      for await (const chunk of stream) text += chunk.choices[0]?.delta.content ?? ''
      return text
    })
    expect(value).toBe('Your order')
    const head = events.find(({ type }) => type === 'response.head')
    expect(events.at(-1)).toMatchObject({ type: 'request.aborted', at: (head?.at ?? 0) + 40, partial })
  })

  it('tells its helper of deltas, tool calls and an abort', async () => {
    const { value } = await under(
      [],
      async () => {
        const seen: string[] = []
        const stream = sdk().chat.completions.stream(greeting)
        stream.on('tool_calls.function.arguments.delta', ({ arguments_delta: delta }) => seen.push(delta))
        stream.on('tool_calls.function.arguments.done', ({ name, arguments: args }) => seen.push(`${name}(${args})`))
        await stream.done()
        return seen
      },
      refund,
    )
    expect(value).toEqual(['', '{"', 'order', 'Id', '":"', 'A', '-', '1', '"}', 'refund({"orderId":"A-1"})'])
    const aborted = await under([], async () => {
      const stream = sdk().chat.completions.stream(greeting)
      stream.on('content', (_delta, text) => {
        if (text === 'Your order') stream.abort()
      })
      return stream.done().catch((error: unknown) => error)
    })
    expect(aborted.value).toBeInstanceOf(OpenAI.APIUserAbortError)
    expect(aborted.events.at(-1)).toMatchObject({ type: 'request.aborted', partial })
  })
})

describe('the AI SDK', () => {
  const tools = {
    refund: tool({
      inputSchema: jsonSchema<{ orderId: string }>({ type: 'object' }),
      execute: ({ orderId }) => Promise.resolve(`refunded ${orderId}`),
    }),
  }

  /** The parts of a stream that matter here, in order. */
  async function parts() {
    const provider = createOpenAI({ apiKey: 'sk-test' })
    const errors: unknown[] = []
    const result = streamText({
      model: provider.chat('gpt-5'),
      prompt: 'Good morning.',
      tools,
      maxRetries: 0,
      onError: ({ error }) => void errors.push(error),
    })
    let text = ''
    const calls: unknown[] = []
    let finish: string | undefined
    try {
      for await (const part of result.fullStream) {
        if (part.type === 'text-delta') text += part.text
        else if (part.type === 'tool-call') calls.push(part.invalid === true ? 'invalid' : part.input)
        else if (part.type === 'tool-result') calls.push(part.output)
        else if (part.type === 'finish') finish = part.finishReason
      }
    } catch (error) {
      errors.push(error)
    }
    return { text, calls, finish, errors }
  }

  it('reads text, usage and tool calls', async () => {
    const { value, events } = await under([], parts)
    expect(value).toEqual({ text: 'Your order has been shipped.', calls: [], finish: 'stop', errors: [] })
    expect(events.at(-1)).toMatchObject({ type: 'response.end', class: 'success' })
    const called = await under([], parts, refund)
    expect(called.value).toEqual({
      text: '',
      calls: [{ orderId: 'A-1' }, 'refunded A-1'],
      finish: 'tool-calls',
      errors: [],
    })
  })

  it('tells of a stream that is cut off, and of an error in it', async () => {
    const reset = await under([fault('sse.cut.reset', modelTarget, { afterFrames: 3 })], parts)
    expect(reset.value).toMatchObject({
      text: 'Your order',
      errors: [{ name: 'AI_APICallError', cause: { message: 'terminated', cause: { code: 'ECONNRESET' } } }],
    })
    expect(reset.events.at(-1)).toMatchObject({ type: 'request.failed', partial })
    const failed = await under([fault('sse.error.openai.chat', modelTarget, { afterFrames: 3 })], parts)
    expect(failed.value).toMatchObject({ text: 'Your order', errors: [expect.anything()] })
    expect(failed.events.at(-1)).toMatchObject({ type: 'response.end', class: 'failure', partial })
  })

  it('takes a stream without a finish reason for an interrupted one, and half a tool call for an invalid one', async () => {
    const clean = await under([fault('sse.cut.clean', modelTarget, { afterFrames: 3 })], parts)
    expect(clean.value).toMatchObject({ text: 'Your order', finish: 'interrupted', errors: [] })
    const half = await under([fault('sse.cut.clean', modelTarget, { afterFrames: 6 })], parts, refund)
    expect(half.value).toMatchObject({ calls: ['invalid'] })
    expect(half.events.at(-1)).toMatchObject({
      class: 'indeterminate',
      partial: { toolCalls: [{ name: 'refund', arguments: '{"orderId":"' }] },
    })
  })
})

describe('a client of its own', () => {
  it('reads the whole stream as text, and has it ended with its last piece', async () => {
    const { value, events } = await under([], async () => {
      const body = JSON.stringify({ ...greeting, stream: true })
      const headers = { authorization: 'Bearer sk-test' }
      const response = await fetch('https://api.openai.com/v1/chat/completions', { method: 'POST', headers, body })
      return response.text()
    })
    const end = events.at(-1)
    expect(end).toMatchObject({ type: 'response.end', class: 'success' })
    expect(end?.type === 'response.end' && end.body).toBe(value)
  })
})

import '../../simulation/_install.ts'
import { createOpenAI } from '@ai-sdk/openai'
import { Agent, OpenAIResponsesModel, Runner, tool } from '@openai/agents'
import { type LanguageModel, generateText, jsonSchema, stepCountIs, streamText, tool as aiTool } from 'ai'
import { describe, expect, it } from 'vitest'
import { z } from 'zod'
import { openAiChat } from '../../../src/wire/openai/openai-chat.ts'
import { openAiResponses } from '../../../src/wire/openai-responses/openai-responses.ts'
import { play, sdk } from '../_play.ts'
import { lookUp, scene } from './_responses.ts'

const question = 'Where is order A-1?'
const answer = 'The order is on its way.'
const calls = [{ name: 'look_up_order', arguments: '{"orderId":"A-1"}' }]
const results = [{ content: 'on its way' }]

/** What the model requests of a trial told of their conversations. */
function sent({ events }: Awaited<ReturnType<typeof play>>) {
  return events.flatMap((event) => (event.type === 'request.sent' ? [event.model] : []))
}

describe('an agent of the OpenAI Agents SDK', () => {
  const lookUpOrder = tool({
    name: 'look_up_order',
    description: 'Looks an order up.',
    parameters: z.object({ orderId: z.string() }),
    execute: () => 'on its way',
  })

  const agent = () =>
    new Agent({
      name: 'support desk',
      instructions: 'You are the support desk.',
      model: new OpenAIResponsesModel(sdk(), 'gpt-5'),
      tools: [lookUpOrder],
    })
  const runner = () => new Runner({ tracingDisabled: true })

  it('completes a tool loop', async () => {
    const played = await play(scene(lookUp), async () => (await runner().run(agent(), question)).finalOutput)
    expect(played.value).toBe(answer)
    expect(sent(played)).toMatchObject([
      { offeredTools: ['look_up_order'], messages: 2, toolCalls: [], stream: false },
      { messages: 4, toolCalls: calls, toolResults: results },
    ])
  })

  it('completes a streamed one', async () => {
    const played = await play(scene(lookUp), async () => {
      const result = await runner().run(agent(), question, { stream: true })
      let text = ''
      for await (const piece of result.toTextStream()) text += piece
      await result.completed
      return { text, final: result.finalOutput }
    })
    expect(played.value).toEqual({ text: answer, final: answer })
    expect(sent(played)).toMatchObject([{ stream: true }, { stream: true, toolCalls: calls, toolResults: results }])
  })

  it('continues from the response before', async () => {
    const played = await play(scene(lookUp), async () => {
      const first = await runner().run(agent(), question)
      const previousResponseId = first.lastResponseId ?? ''
      const second = await runner().run(agent(), 'Thanks.', { previousResponseId })
      return second.finalOutput
    })
    expect(played.value).toBe(answer)
    expect(sent(played).at(-1)).toMatchObject({ toolCalls: calls, toolResults: results })
    expect(sent(played).at(-1)?.messages).toBe(6)
  })
})

describe('the AI SDK', () => {
  const tools = {
    look_up_order: aiTool({
      inputSchema: jsonSchema<{ orderId: string }>({ type: 'object' }),
      execute: () => Promise.resolve('on its way'),
    }),
  }
  const call = (model: LanguageModel) => ({ model, prompt: question, tools, stopWhen: stepCountIs(3), maxRetries: 0 })

  it('completes a tool loop', async () => {
    const provider = createOpenAI({ apiKey: 'sk-test' })
    const played = await play(scene(lookUp), async () => (await generateText(call(provider('gpt-5')))).text)
    expect(played.value).toBe(answer)
    expect(sent(played)[1]).toMatchObject({ toolCalls: calls, toolResults: results })
  })

  it('completes a streamed one', async () => {
    const provider = createOpenAI({ apiKey: 'sk-test' })
    const played = await play(scene(lookUp), async () => {
      const result = streamText(call(provider('gpt-5')))
      return { text: await result.text, finish: await result.finishReason }
    })
    expect(played.value).toEqual({ text: answer, finish: 'stop' })
  })

  it('has the same script say the same in either dialect', async () => {
    const provider = createOpenAI({ apiKey: 'sk-test' })
    const upstreams = [openAiResponses({ script: lookUp }), openAiChat({ script: lookUp, name: 'chat' })]
    const { value } = await play({ upstreams }, async () => {
      const one = await generateText(call(provider.responses('gpt-5')))
      const other = await generateText(call(provider.chat('gpt-5')))
      return [one, other].map(({ text, steps }) => ({ text, steps: steps.length }))
    })
    expect(value).toEqual([
      { text: answer, steps: 2 },
      { text: answer, steps: 2 },
    ])
  })
})

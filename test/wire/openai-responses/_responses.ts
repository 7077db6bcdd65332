import type OpenAI from 'openai'
import type { ModelScript } from '../../../src/wire/model-script.ts'
import { type OpenAiResponsesOptions, openAiResponses } from '../../../src/wire/openai-responses/openai-responses.ts'
import { type Scene, play, sdk } from '../_play.ts'

export type ResponseRequest = OpenAI.Responses.ResponseCreateParamsNonStreaming

/** The smallest request there is. */
export const hello = { model: 'gpt-5', input: 'Good morning.' } satisfies ResponseRequest

export const tools: OpenAI.Responses.FunctionTool[] = [
  {
    type: 'function',
    name: 'look_up_order',
    description: 'Looks an order up.',
    parameters: { type: 'object', properties: { orderId: { type: 'string' } }, required: ['orderId'] },
    strict: false,
  },
]

/** A model that looks an order up, and tells what it found. */
export const lookUp: ModelScript = ({ messages }) => {
  const result = messages.findLast(({ role }) => role === 'tool')
  return result === undefined
    ? { toolCalls: [{ name: 'look_up_order', arguments: { orderId: 'A-1' } }] }
    : { content: `The order is ${result.text}.` }
}

type Options = Partial<Omit<OpenAiResponsesOptions, 'script'>> & Partial<Scene>

/** A scene with this endpoint alone in it. */
export function scene(script: ModelScript, { faults = [], seed = 'play', ...options }: Options = {}): Scene {
  return { upstreams: [openAiResponses({ script, ...options })], faults, seed }
}

/** One response in a world of its own. */
export function respond(script: ModelScript, request: ResponseRequest = hello, options: Options = {}) {
  return play(scene(script, options), () => sdk().responses.create(request))
}

/** One streamed response in a world of its own, by the client's helper. */
export function stream(script: ModelScript, request: ResponseRequest = hello, options: Options = {}) {
  return play(scene(script, options), () =>
    sdk()
      .responses.stream({ ...request, stream: true })
      .finalResponse(),
  )
}

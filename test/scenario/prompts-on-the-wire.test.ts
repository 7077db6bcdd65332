import { describe, expect, it } from 'vitest'
import type { TraceEvent } from '../../src/contract/event.ts'
import { promptsOnTheWire } from '../../src/scenario/prompts-on-the-wire.ts'

/** A request to a model, as far as it matters here. */
function sent(body: string): TraceEvent {
  const place = { at: 0, task: 0, call: 0, upstream: 'model', kind: 'model' as const }
  const request = { method: 'POST', url: 'https://model.test', body, logicalCall: 0, attempt: 1, previous: null }
  return { type: 'request.sent', ...place, ...request, idempotencyKey: null, model: null, tool: null }
}

const tool = { name: 'look_up' }
const kind = 'Be kind.'

describe('prompts on the wire', () => {
  it.each<readonly [dialect: string, body: unknown, prompt: unknown]>([
    [
      'OpenAI chat',
      { messages: [{ role: 'system', content: kind }], tools: [{ type: 'function', function: tool }] },
      kind,
    ],
    ['OpenAI chat, developer', { messages: [{ role: 'developer', content: kind }], tools: [{ function: tool }] }, kind],
    ['OpenAI Responses', { instructions: kind, input: [], tools: [tool] }, kind],
    ['OpenAI Responses, in its input', { input: [{ role: 'system', content: kind }], tools: [tool] }, kind],
    ['Anthropic Messages', { system: [{ type: 'text', text: kind }], tools: [tool] }, [{ text: kind, type: 'text' }]],
    [
      'Gemini',
      { systemInstruction: { parts: [{ text: kind }] }, tools: [{ functionDeclarations: [tool] }] },
      { parts: [{ text: kind }] },
    ],
    ['Bedrock', { system: [{ text: kind }], toolConfig: { tools: [{ toolSpec: tool }] } }, [{ text: kind }]],
  ])('are read from %s', (_dialect, body, prompt) => {
    const { system, tools } = promptsOnTheWire([sent(JSON.stringify(body))])
    expect([...system]).toEqual([JSON.stringify(prompt)])
    expect([...tools].map(([name, forms]) => [name, ...forms])).toEqual([['look_up', '{"name":"look_up"}']])
  })

  it.each(['', 'null', '[]', '{"messages":7,"tools":{"name":"x"}}', '{"messages":[null],"tools":[null]}'])(
    'are none in %s',
    (body) => {
      expect([...promptsOnTheWire([sent(body)]).system]).toEqual([])
    },
  )
})

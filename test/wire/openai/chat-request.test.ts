import { expect, it } from 'vitest'
import { openAiChat } from 'shakedown'
import { play } from '../_play.ts'

const user = { role: 'user', content: 'Hello' }
const call = { id: 'call_1', type: 'function', function: { name: 'look', arguments: '{}' } }
const asking = { role: 'assistant', content: null, tool_calls: [call] }
const answering = { role: 'tool', tool_call_id: 'call_1', content: 'found' }
const tool = { type: 'function', function: { name: 'look' } }

async function statusOf(body: unknown): Promise<number> {
  const upstreams = [openAiChat({ script: () => ({ content: 'Hello.' }) })]
  const { value } = await play({ upstreams }, async () => {
    const response = await fetch('https://api.openai.com/v1/chat/completions', {
      method: 'POST',
      headers: { authorization: 'Bearer sk-test' },
      body: JSON.stringify(body),
    })
    return response.status
  })
  return value
}

it.each([
  { model: 'gpt-5', messages: [user] },
  { model: 'gpt-5', messages: [{ role: 'system', content: 'Be brief.' }, { role: 'developer', content: 'x' }, user] },
  { model: 'gpt-5', messages: [{ role: 'user', content: [{ type: 'text', text: 'Hello' }] }], tools: [tool] },
  { model: 'gpt-5', messages: [user, asking, answering], max_completion_tokens: 100 },
  { model: 'gpt-5', messages: [user, { role: 'assistant', content: 'Hello.', refusal: null }, user], stream: false },
])('%j is answered', async (body) => {
  expect(await statusOf(body)).toBe(200)
})

it.each([
  {},
  { model: 'gpt-5' },
  { messages: [user] },
  { model: 'gpt-5', messages: [] },
  { model: 'gpt-5', messages: 'Hello' },
  { model: 'gpt-5', messages: [null] },
  { model: 'gpt-5', messages: [{ role: 'wizard', content: 'Hello' }] },
  { model: 'gpt-5', messages: [{ role: 'user' }] },
  { model: 'gpt-5', messages: [{ role: 'user', content: 7 }] },
  { model: 'gpt-5', messages: [{ role: 'user', content: [{ text: 'no type' }] }] },
  { model: 'gpt-5', messages: [user, { role: 'assistant', content: 7 }] },
  { model: 'gpt-5', messages: [user, { ...asking, tool_calls: {} }, answering] },
  { model: 'gpt-5', messages: [user, { ...asking, tool_calls: [{ ...call, id: 7 }] }, answering] },
  { model: 'gpt-5', messages: [user, { ...asking, tool_calls: [{ ...call, type: 'custom' }] }, answering] },
  { model: 'gpt-5', messages: [user, { ...asking, tool_calls: [{ ...call, function: { name: 'x' } }] }, answering] },
  { model: 'gpt-5', messages: [user, asking, { role: 'tool', content: 'found' }] },
  { model: 'gpt-5', messages: [user], tools: {} },
  { model: 'gpt-5', messages: [user], tools: [{ type: 'function', function: {} }] },
  { model: 'gpt-5', messages: [user], max_tokens: 0 },
])('%j is refused with 400', async (body) => {
  expect(await statusOf(body)).toBe(400)
})

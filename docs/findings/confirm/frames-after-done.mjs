// A frame after `data: [DONE]`: is it still part of the reply?
import { createServer } from 'node:http'
import { createOpenAI } from '@ai-sdk/openai'
import { streamText } from 'ai'
import OpenAI from 'openai'

const frame = (content, finish_reason = null) =>
  `data: ${JSON.stringify({ id: 'c1', object: 'chat.completion.chunk', created: 0, model: 'm', choices: [{ index: 0, delta: { content }, finish_reason }] })}\n\n`
const server = createServer((request, response) => {
  request.resume().on('end', () => {
    response.writeHead(200, { 'content-type': 'text/event-stream' })
    response.end([frame('whole'), frame('', 'stop'), 'data: [DONE]\n\n', frame(', and more')].join(''))
  })
})
await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve))
const baseURL = `http://127.0.0.1:${server.address().port}/v1`

let text = ''
const messages = [{ role: 'user', content: 'Hello' }]
const stream = await new OpenAI({ apiKey: 'sk', baseURL }).chat.completions.create({
  model: 'm',
  messages,
  stream: true,
})
for await (const chunk of stream) text += chunk.choices[0]?.delta.content ?? ''
console.log('openai 7.57:', JSON.stringify(text))
const result = streamText({ model: createOpenAI({ apiKey: 'sk', baseURL }).chat('m'), prompt: 'Hello' })
console.log('ai 7.0.173:', JSON.stringify(await result.text), await result.finishReason)
server.close()

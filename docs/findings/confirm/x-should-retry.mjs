// A 429 that says x-should-retry: false.
import { createOpenAI } from '@ai-sdk/openai'
import { generateText } from 'ai'
import OpenAI from 'openai'
import { refusingServer } from './_refusing-server.mjs'

const messages = [{ role: 'user', content: 'Hello' }]
const ask = {
  'openai 7.57': ({ baseURL }) =>
    new OpenAI({ apiKey: 'sk', baseURL }).chat.completions.create({ model: 'm', messages }),
  'ai 7.0.173': ({ baseURL }) => generateText({ model: createOpenAI({ apiKey: 'sk', baseURL }).chat('m'), messages }),
}
for (const [client, send] of Object.entries(ask)) {
  const server = await refusingServer('rate_limit_exceeded', { 'x-should-retry': 'false' })
  await send(server).catch(() => console.log(`${client}: ${server.arrivedMs.length} requests`))
  server.close()
}

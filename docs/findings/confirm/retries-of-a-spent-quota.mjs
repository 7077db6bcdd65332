// Both clients repeat a request that was refused because the quota is spent.
import { createOpenAI } from '@ai-sdk/openai'
import { generateText } from 'ai'
import OpenAI from 'openai'
import { refusingServer } from './_refusing-server.mjs'

const ask = {
  'openai 7.57': ({ baseURL }) =>
    new OpenAI({ apiKey: 'sk', baseURL }).chat.completions.create({
      model: 'gpt-5-mini',
      messages: [{ role: 'user', content: 'Hello' }],
    }),
  'ai 7.0.173': ({ baseURL }) =>
    generateText({ model: createOpenAI({ apiKey: 'sk', baseURL }).chat('gpt-4.1-mini'), prompt: 'Hello' }),
}
for (const [client, send] of Object.entries(ask)) {
  const server = await refusingServer('insufficient_quota')
  await send(server).catch((error) =>
    console.log(`${client}: ${server.arrivedMs.length} requests, then`, error.message),
  )
  server.close()
}

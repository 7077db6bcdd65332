// Told to wait 61 seconds, both clients come back after their own short backoff.
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
  const server = await refusingServer('rate_limit_exceeded', { 'retry-after': '61' })
  await send(server).catch(() => {})
  const hasWaited = server.gapsMs().some((gapMs) => gapMs >= 61_000)
  console.log(`${client}: ${server.arrivedMs.length} requests, 61 seconds between two of them: ${hasWaited}`)
  server.close()
}

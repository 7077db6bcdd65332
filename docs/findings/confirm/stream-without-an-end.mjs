// A streamed reply whose connection is closed in order, but before its last frames: is half an answer told as a whole one?
import { createServer } from 'node:http'
import { createOpenAI } from '@ai-sdk/openai'
import { Agent, OpenAIChatCompletionsModel, Runner, tool } from '@openai/agents'
import { ToolLoopAgent, tool as aiTool } from 'ai'
import OpenAI from 'openai'
import { z } from 'zod'

const delta = (delta) => ({
  id: 'c1',
  object: 'chat.completion.chunk',
  created: 0,
  model: 'm',
  choices: [{ index: 0, delta, finish_reason: null }],
})
const call = { index: 0, id: 'call_1', type: 'function', function: { name: 'pay', arguments: '{"cents":100}' } }
const replies = {
  'half an answer': [[delta({ role: 'assistant', content: 'I have refunded' })]],
  nothing: [[], [delta({ role: 'assistant', content: 'Hello.' })]],
  'a tool call': [[delta({ role: 'assistant', tool_calls: [call] })], [delta({ role: 'assistant', content: 'Paid.' })]],
}

/** Streams the frames of the nth reply and ends, without a finish reason, usage or [DONE]. */
async function endless(frames) {
  let requests = 0
  const server = createServer((request, response) => {
    request.resume().on('end', () => {
      response.writeHead(200, { 'content-type': 'text/event-stream' })
      for (const frame of frames[Math.min(requests++, frames.length - 1)])
        response.write(`data: ${JSON.stringify(frame)}\n\n`)
      response.end()
    })
  })
  await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve))
  return { baseURL: `http://127.0.0.1:${server.address().port}/v1`, asked: () => requests, close: () => server.close() }
}

const schema = z.object({ cents: z.int() })
const frameworks = {
  '@openai/agents 0.20.0': async (baseURL, pay) => {
    const model = new OpenAIChatCompletionsModel(new OpenAI({ apiKey: 'sk', baseURL }), 'm')
    const tools = [tool({ name: 'pay', description: 'Pays.', parameters: schema, execute: pay })]
    const result = await new Runner({ tracingDisabled: true }).run(new Agent({ name: 'a', model, tools }), 'Hello', {
      stream: true,
    })
    await result.completed
    return `final output ${JSON.stringify(result.finalOutput)}`
  },
  'ai 7.0.173': async (baseURL, pay) => {
    const tools = { pay: aiTool({ description: 'Pays.', inputSchema: schema, execute: pay }) }
    const model = createOpenAI({ apiKey: 'sk', baseURL }).chat('m')
    const result = await new ToolLoopAgent({ model, tools, onError() {} }).stream({ prompt: 'Hello' })
    for await (const part of result.stream) if (part.type === 'error') throw part.error
    return `text ${JSON.stringify(await result.text)}, finish reason ${JSON.stringify(await result.finishReason)}`
  },
}
for (const [what, frames] of Object.entries(replies)) {
  for (const [framework, ask] of Object.entries(frameworks)) {
    const server = await endless(frames)
    let paid = 0
    const pay = async ({ cents }) => `paid ${(paid += cents)}`
    const said = await ask(server.baseURL, pay).catch((error) => `rejects with ${error.name}: ${error.message}`)
    console.log(`${framework}, ${what}: ${said}; asked ${server.asked()} times, paid ${paid}`)
    server.close()
  }
}

// A reader that stops at the error of a stream: is the timer of the step still running?
import { createServer } from 'node:http'
import { createOpenAI } from '@ai-sdk/openai'
import { streamText } from 'ai'

const server = createServer((request, response) => {
  request.resume().on('end', () => {
    response.writeHead(200, { 'content-type': 'text/event-stream' })
    response.end('data: {"not a chunk": true}\n\ndata: [DONE]\n\n')
  })
})
await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve))
const model = createOpenAI({ apiKey: 'sk', baseURL: `http://127.0.0.1:${server.address().port}/v1` }).chat('m')

const { setTimeout: start, clearTimeout: stop } = globalThis
const running = new Set()
globalThis.setTimeout = (callback, ms, ...rest) => {
  const timer = start(callback, ms, ...rest)
  if (ms === 60_000) running.add(timer)
  return timer
}
globalThis.clearTimeout = (timer) => {
  running.delete(timer)
  stop(timer)
}
for (const stopsAtError of [false, true]) {
  const result = streamText({ model, prompt: 'Hello', timeout: { stepMs: 60_000 }, onError() {} })
  for await (const part of result.stream) if (part.type === 'error' && stopsAtError) break
  console.log(stopsAtError ? 'left at the error:' : 'read to the end:', running.size, 'timers of 60 seconds running')
}
for (const timer of running) stop(timer)
server.close()

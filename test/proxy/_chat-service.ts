import { once } from 'node:events'
import http, { type IncomingMessage, type ServerResponse } from 'node:http'

/** A stub of an OpenAI-compatible service that ends with its owner. */
export interface ChatService extends AsyncDisposable {
  readonly origin: string
  /** Requests that reached it. */
  readonly requests: number
}

/** The text of each frame of a streamed answer: the role, the words one by one, the finish reason, the end. */
export function framesOf(said: string): string[] {
  const deltas = [{ role: 'assistant', content: '' }, ...said.split(' ').map((word) => ({ content: `${word} ` }))]
  const chunk = (delta: object, finish: string | null): string =>
    `data: ${JSON.stringify({ id: 'chatcmpl-1', object: 'chat.completion.chunk', created: 1, model: 'stub', choices: [{ index: 0, delta, finish_reason: finish }] })}\n\n`
  return [...deltas.map((delta) => chunk(delta, null)), chunk({}, 'stop'), 'data: [DONE]\n\n']
}

/** The body of an answer that is not streamed. */
export function completionOf(said: string): string {
  const message = { role: 'assistant', content: said, refusal: null }
  const choices = [{ index: 0, message, finish_reason: 'stop', logprobs: null }]
  return JSON.stringify({ id: 'chatcmpl-1', object: 'chat.completion', created: 1, model: 'stub', choices })
}

/** A request for an answer that says what the user said. */
export function chatRequest(said: string, stream: boolean): string {
  return JSON.stringify({ model: 'stub', stream, messages: [{ role: 'user', content: said }] })
}

/** Starts the stub: it says what the last message said, whole or in a stream. */
export async function chatService(): Promise<ChatService> {
  let requests = 0
  const serve = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    requests++
    const chunks: Buffer[] = []
    try {
      for await (const chunk of request as AsyncIterable<Buffer>) chunks.push(chunk)
    } catch {
      return
    }
    const { messages, stream } = JSON.parse(Buffer.concat(chunks).toString())
    const said = String(messages.at(-1).content)
    if (stream !== true) {
      response.writeHead(200, { 'Content-Type': 'application/json', 'X-Service': 'stub' })
      return void response.end(completionOf(said))
    }
    response.writeHead(200, { 'Content-Type': 'text/event-stream; charset=utf-8', 'X-Service': 'stub' })
    for (const frame of framesOf(said)) if (!response.write(frame)) await once(response, 'drain')
    response.end()
  }
  const server = http.createServer((request, response) => void serve(request, response))
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  return {
    origin: `http://127.0.0.1:${typeof address === 'object' && address !== null ? address.port : 0}`,
    get requests() {
      return requests
    },
    async [Symbol.asyncDispose]() {
      const closed = once(server, 'close')
      server.close()
      server.closeAllConnections()
      await closed
    },
  }
}

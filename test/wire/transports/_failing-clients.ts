import http from 'node:http'
import axios from 'axios'
import OpenAI from 'openai'

const path = '/v1/chat/completions'
const asked = { model: 'stub', messages: [{ role: 'user' as const, content: 'hello' }] }
const body = JSON.stringify(asked)
const headers = { 'content-type': 'application/json', authorization: 'Bearer sk-test' }

/** What a client made of an answer: its text, or the error with all that it wraps. */
export type Made = string

/** Clients that people use, each with its defaults and without retries; they ask a chat endpoint at an origin. */
export const clients: Readonly<Record<string, (origin: string) => Promise<string>>> = {
  async fetch(origin) {
    const response = await fetch(origin + path, { method: 'POST', body, headers })
    return `${response.status} ${await response.text()}`
  },
  'node:http': (origin) =>
    new Promise((resolve, reject) => {
      const request = http.request(origin + path, { method: 'POST', headers, agent: false }, (response) => {
        let text = ''
        response.on('data', (data: Buffer) => (text += String(data)))
        response.on('end', () => resolve(`${response.statusCode} ${text}`))
        response.on('error', reject)
      })
      request.on('error', reject)
      request.end(body)
    }),
  async axios(origin) {
    const httpAgent = new http.Agent({ keepAlive: false })
    const response = await axios.post<unknown>(origin + path, body, { headers, httpAgent })
    return `${response.status} ${JSON.stringify(response.data)}`
  },
  async openai(origin) {
    const client = new OpenAI({ apiKey: 'sk-test', baseURL: `${origin}/v1`, maxRetries: 0 })
    return JSON.stringify(await client.chat.completions.create(asked))
  },
}

/** What a client makes of a service: places left out, because they differ. */
export async function madeOf(client: string, origin: string): Promise<Made> {
  const ask = clients[client]
  if (ask === undefined) throw new Error(`no client ${client}`)
  return ask(origin).then(
    (text) => `got ${text}`,
    (error: unknown) => inWords(error),
  )
}

function inWords(error: unknown): string {
  if (!(error instanceof Error)) return String(error)
  const code = 'code' in error && typeof error.code === 'string' ? ` [${error.code}]` : ''
  const cause = error.cause === undefined ? '' : ` <- ${inWords(error.cause)}`
  return `${error.name}: ${error.message.replaceAll(/127\.0\.0\.1:\d+|service\.test(:\d+)?/g, 'the service')}${code}${cause}`
}

import http, { type IncomingHttpHeaders } from 'node:http'
import https from 'node:https'

/** An answer as `node:http` gives it. */
export interface PlainAnswer {
  readonly status: number
  readonly headers: IncomingHttpHeaders
  readonly bytes: Buffer
  readonly text: string
}

/** Sends a request by `node:http` or `node:https`, and reads the answer whole; gives up at the timeout it is given. */
export function get(url: string, options: https.RequestOptions = {}, body = ''): Promise<PlainAnswer> {
  return new Promise((resolve, reject) => {
    const client = url.startsWith('https:') ? https : http
    const request = client.request(url, options, (response) => {
      const chunks: Buffer[] = []
      response.on('data', (chunk: Buffer) => chunks.push(chunk))
      response.on('error', reject)
      response.on('end', () => {
        const bytes = Buffer.concat(chunks)
        resolve({ status: response.statusCode ?? 0, headers: response.headers, bytes, text: bytes.toString() })
      })
    })
    if (options.timeout !== undefined) request.on('timeout', () => request.destroy(new Error('timed out')))
    request.on('error', reject)
    request.end(body)
  })
}

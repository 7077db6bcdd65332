// Records test/wire/cassettes/return-policy.json with nock's own recorder against a real server on loopback, and
// rewrites the host to the one that tests call. Run it again after a change to the service below.
import { writeFileSync } from 'node:fs'
import http, { type IncomingMessage, type ServerResponse } from 'node:http'
import { gzipSync } from 'node:zlib'
import nock from 'nock'

const cassette = new URL('../test/wire/cassettes/return-policy.json', import.meta.url)
const origin = 'https://policies.kitchen.example'

const policy = {
  category: 'cookware',
  days: 30,
  condition: 'unused, in its box',
  refundTo: 'the card it was paid with',
}
const page = `<!doctype html><title>Returns</title><p>Crème brûlée torches cannot be returned once lit.</p>`
const seal = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 0x00, 0xff, 0xfe, 0x80])
let eligibilityAsked = 0

/** The service as it would run in production: JSON, a form, text, a compressed page, bytes and errors. */
async function serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
  const chunks: Buffer[] = []
  for await (const chunk of request) chunks.push(Buffer.from(chunk as Uint8Array))
  const json = (status: number, body: unknown, headers: Record<string, string> = {}): void => {
    response.writeHead(status, { 'content-type': 'application/json; charset=utf-8', ...headers })
    response.end(JSON.stringify(body))
  }
  const target = `${request.method ?? ''} ${request.url ?? ''}`
  if (target === 'GET /policies?category=cookware&lang=en') {
    json(200, policy, { etag: '"returns-7"', 'cache-control': 'max-age=3600', 'x-policy-version': '7' })
  } else if (target === 'POST /eligibility') {
    const { orderId } = JSON.parse(Buffer.concat(chunks).toString()) as { orderId: string }
    const review = eligibilityAsked++ === 0 ? 'pending' : 'done'
    json(200, { orderId, review, eligible: review === 'done' })
  } else if (target === 'POST /estimates') {
    json(200, { estimate: `for ${Buffer.concat(chunks).toString()}` })
  } else if (target === 'GET /terms.txt') {
    response.writeHead(200, { 'content-type': 'text/plain; charset=utf-8', 'set-cookie': 'visit=1; Path=/' })
    response.end('Thirty days. Überraschungen ausgeschlossen.\n')
  } else if (target === 'GET /returns.html') {
    response.writeHead(200, { 'content-type': 'text/html', 'content-encoding': 'gzip', vary: 'accept-encoding' })
    response.end(gzipSync(page))
  } else if (target === 'GET /seal.png') {
    response.writeHead(200, { 'content-type': 'image/png', 'content-length': String(seal.length) }).end(seal)
  } else if (target === 'GET /policies/retired') {
    response.writeHead(204).end()
  } else json(404, { error: 'no such policy' }, { 'x-request-id': 'req-404' })
}

function ask(port: number, method: string, path: string, type = '', body = ''): Promise<void> {
  return new Promise((resolve, reject) => {
    const headers = body === '' ? {} : { 'content-type': type, 'content-length': Buffer.byteLength(body) }
    const request = http.request({ host: '127.0.0.1', port, method, path, headers }, (response) => {
      response.resume()
      response.on('end', () => resolve())
    })
    request.on('error', reject)
    request.end(body)
  })
}

const server = http.createServer((request, response) => void serve(request, response))
await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
const address = server.address()
if (typeof address !== 'object' || address === null) throw new Error('the server has no port')
const { port } = address

nock.recorder.rec({ output_objects: true, dont_print: true })
await ask(port, 'GET', '/policies?category=cookware&lang=en')
const order = JSON.stringify({ orderId: 'A-1001', items: [{ sku: 'pan-28', count: 1 }] })
await ask(port, 'POST', '/eligibility', 'application/json', order)
await ask(port, 'POST', '/eligibility', 'application/json', order)
await ask(port, 'POST', '/estimates', 'application/x-www-form-urlencoded', 'orderId=A-1001&reason=too+heavy')
for (const path of ['/terms.txt', '/returns.html', '/seal.png', '/policies/retired', '/policies/unknown']) {
  await ask(port, 'GET', path)
}
nock.restore()
const recorded = JSON.stringify(nock.recorder.play(), null, 2).replaceAll(`http://127.0.0.1:${port}`, origin)
// The one header that differs from one recording to the next.
const dated = recorded.replaceAll(/"date": "[^"]+"/g, '"date": "Thu, 01 Jan 2026 00:00:00 GMT"')
writeFileSync(cassette, `${dated}\n`)
await new Promise((resolve) => server.close(resolve))

import { describe, expect, it, onTestFinished, vi } from 'vitest'
import { asks, fails, ok, says } from '../chat-replies.ts'
import { holdTimers, letLimitsPass, longLimitMs } from '../passing-time.ts'
import { refusingUrl } from '../scripted-server.ts'
import { runAgent } from '../rig.ts'

const done = says('Done.')
const hour = { 'retry-after': '3600' }

describe('a model call that failed', () => {
  it.each([
    ['408', fails(408)],
    ['409', fails(409)],
    ['429', fails(429, { code: 'rate_limit_exceeded' })],
    ['500', fails(500)],
    ['a gateway page with 502', { status: 502, headers: { 'content-type': 'text/html' }, body: '<html></html>' }],
    ['an empty 503', { status: 503, body: '' }],
    ['a reset connection', 'reset' as const],
    ['a body that is cut', 'cut' as const],
    ['400 with x-should-retry: true', fails(400, {}, { 'x-should-retry': 'true' })],
    ['a Retry-After in the past', fails(429, {}, { 'retry-after': 'Wed, 21 Oct 2015 07:28:00 GMT' })],
    ['a Retry-After that is no time', fails(429, {}, { 'retry-after': 'soon' })],
  ])('with %s is attempted again with the same body', async (_case, failure) => {
    const { outcome, model } = await runAgent({ model: [failure, done] })
    expect(outcome.stop).toBe('end_turn')
    expect(model.seen).toHaveLength(2)
    expect(model.seen[1]?.text).toBe(model.seen[0]?.text)
  })

  it.each([
    ['400', fails(400)],
    ['401', fails(401)],
    ['403', fails(403)],
    ['404', fails(404, { code: 'model_not_found' })],
    ['422', fails(422)],
    ['429 for an exhausted quota', fails(429, { type: 'insufficient_quota', code: 'insufficient_quota' })],
    ['429 for a spend limit', fails(429, { type: 'insufficient_quota', code: 'project_spend_limit_exceeded' })],
    [
      '429 for an exhausted quota with x-should-retry: true',
      fails(429, { code: 'insufficient_quota' }, { 'x-should-retry': 'true' }),
    ],
    ['503 with x-should-retry: false', fails(503, {}, { 'x-should-retry': 'false' })],
    ['429 with a Retry-After of an hour', fails(429, {}, hour)],
  ])('with %s is given up at once', async (_case, failure) => {
    const { outcome, model } = await runAgent({ model: [failure, done] })
    expect(outcome).toEqual({ answer: null, stop: 'llm_api_error' })
    expect(model.seen).toHaveLength(1)
  })

  it('is attempted as often as the options say, the first attempt included', async () => {
    const { outcome, model } = await runAgent({
      model: Array(9).fill(fails(503)),
      options: { retry: { maxAttempts: 4, baseMs: 1 } },
    })
    expect(outcome.stop).toBe('llm_api_error')
    expect(model.seen).toHaveLength(4)
  })

  it('by refused connections is given up after its attempts', async () => {
    let attempts = 0
    const baseURL = await refusingUrl()
    const { outcome } = await runAgent({
      model: [],
      options: { client: { apiKey: 'k', baseURL, model: 'm' } },
      parts: { backoff: () => ++attempts },
    })
    expect(outcome.stop).toBe('llm_api_error')
    expect(attempts).toBe(2)
  })

  it('starts at the base delay again in the next step', async () => {
    const asked: number[] = []
    await runAgent({
      model: [fails(500), fails(500), asks([{ name: 'look_up_order', args: { orderId: 'A' } }]), fails(500), done],
      back: [ok({})],
      parts: { backoff: (attempt) => asked.push(attempt) },
    })
    expect(asked).toEqual([1, 2, 1])
  })
})

describe('the timeout of a model call', () => {
  it('cuts a server that never answers, and another attempt is made', async () => {
    holdTimers()
    const { outcome, model } = await runAgent({ model: ['hang', done], options: timeouts })
    expect(outcome.stop).toBe('end_turn')
    expect(model.seen).toHaveLength(2)
    expect(model.abandoned).toHaveLength(1)
  })

  it('covers the body, for a server that stops in the middle of it', async () => {
    holdTimers()
    letLimitsPassOnceHeadersCame()
    const { outcome } = await runAgent({ model: [], options: { ...timeouts, client: await stallingClient() } })
    expect(outcome.stop).toBe('llm_api_error')
  })
})

describe('the request', () => {
  it('offers the tools with their JSON Schema, but not the forbidden ones', async () => {
    const { model } = await runAgent({ model: [done], options: { policy: { forbidden: ['issue_refund'] } } })
    const { tools } = JSON.parse(model.seen[0]?.text ?? '')
    expect(tools.map((tool: { function: { name: string } }) => tool.function.name)).toEqual(['look_up_order'])
    expect(tools[0].function.parameters).toMatchObject({
      type: 'object',
      properties: { orderId: { type: 'string' } },
      required: ['orderId'],
      additionalProperties: false,
    })
  })

  it('has no tools at all where none may be offered', async () => {
    const { model } = await runAgent({ model: [done], options: { tools: [] } })
    expect(JSON.parse(model.seen[0]?.text ?? '')).not.toHaveProperty('tools')
  })
})

const timeouts = { timeouts: { modelMs: longLimitMs }, retry: { baseMs: 1, maxAttempts: 2 } }

/** The client has its headers by then, and waits for the rest of the body. */
function letLimitsPassOnceHeadersCame(): void {
  const { fetch } = globalThis
  vi.stubGlobal('fetch', async (...request: Parameters<typeof fetch>) => {
    const response = await fetch(...request)
    setImmediate(letLimitsPass)
    return response
  })
  onTestFinished(() => void vi.unstubAllGlobals())
}

async function stallingClient() {
  const { createServer } = await import('node:http')
  const server = createServer((_request, response) => {
    response.writeHead(200, { 'content-type': 'application/json' })
    response.write('{"choices":')
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  onTestFinished(() => {
    server.closeAllConnections()
    server.close()
  })
  const address = server.address()
  const port = typeof address === 'object' && address ? address.port : 0
  return { apiKey: 'k', baseURL: `http://127.0.0.1:${port}`, model: 'm' }
}

import { describe, expect, it } from 'vitest'
import { chatRequest, chatService } from './_chat-service.ts'
import { type TestProxy, proxyFor } from './_proxy.ts'

const error500 = {
  id: 'openai.500',
  target: { kind: 'model', name: '*' },
  trigger: { on: 'nth', n: 1 },
}

async function ask(proxy: TestProxy): Promise<number> {
  const body = chatRequest('hello', false)
  const response = await fetch(`${proxy.url}/v1/chat/completions`, { method: 'POST', body })
  await response.arrayBuffer()
  return response.status
}

async function lines(proxy: TestProxy): Promise<{ type: string; call: number; status: number }[]> {
  const text = await (await proxy.control('GET', '/trace')).text()
  return text
    .split('\n')
    .filter(Boolean)
    .map((line) => JSON.parse(line))
}

describe('the control endpoint', () => {
  it('loads a plan, counts its deliveries, and begins it anew on reset', async () => {
    await using service = await chatService()
    await using proxy = await proxyFor(service.origin)
    expect(await ask(proxy)).toBe(200)
    const loaded = await proxy.control('PUT', '/plan', JSON.stringify({ faults: [error500] }))
    expect(loaded.status).toBe(200)
    expect([await ask(proxy), await ask(proxy)]).toEqual([500, 200])
    const health = await (await proxy.control('GET', '/health')).json()
    expect(health).toMatchObject({ status: 'ok', faults: [{ id: 'openai.500', delivered: 1 }] })
    const types = (await lines(proxy)).map(({ type }) => type)
    expect(types).toEqual([
      ...['request.sent', 'response.seen'],
      ...['request.sent', 'fault.injected', 'response.seen'],
      ...['request.sent', 'response.seen'],
    ])
    expect((await proxy.control('POST', '/reset')).status).toBe(200)
    expect(await lines(proxy)).toEqual([])
    expect([await ask(proxy), await ask(proxy)]).toEqual([500, 200])
    expect((await lines(proxy)).map(({ call }) => call)).toEqual([0, 0, 0, 1, 1])
  })

  it.each([
    ['no JSON', '{"faults": [', /^the plan: .*docs\/faults\.md.*\.$/],
    ['another shape', '{"faults": [{"id": 7}]}', /^the plan: .* at "faults\.0\.\w+".*\.$/],
    ['an unknown fault', JSON.stringify({ faults: [{ ...error500, id: 'no.such' }] }), /there is no fault "no\.such"/],
    [
      'wrong parameters',
      JSON.stringify({ faults: [{ ...error500, parameters: { a: 1 } }] }),
      /cannot take the parameters/,
    ],
    [
      'a fault of tools aimed at a model',
      JSON.stringify({ faults: [{ ...error500, id: 'tool.error' }] }),
      /strikes only tool/,
    ],
    [
      'a fault of the process',
      JSON.stringify({ faults: [{ ...error500, id: 'clock.jump_back' }] }),
      /^fault 1 of the plan, "clock\.jump_back", happens to the agent's own process, which the proxy does not hold; .*\.$/,
    ],
    [
      'a fault that needs memory',
      JSON.stringify({ faults: [{ ...error500, id: 'tool.stale', target: { kind: 'tool', name: '*' } }] }),
      /"tool\.stale", says what was answered before, which the proxy does not keep/,
    ],
    [
      'a fault of what is received',
      JSON.stringify({ faults: [{ ...error500, id: 'tool.partial_success', target: { kind: 'tool', name: '*' } }] }),
      /"tool\.partial_success", changes what the service receives, which the proxy hands on as it is/,
    ],
    [
      'a fault of functions',
      JSON.stringify({ faults: [{ ...error500, id: 'function.hangs', target: { kind: 'tool', name: '*' } }] }),
      /"function\.hangs", strikes at the seam "function", and the proxy has only the seam "http"/,
    ],
    [
      'a target that it never sees',
      JSON.stringify({ faults: [{ ...error500, id: 'net.reset', target: { kind: 'store', name: '*' } }] }),
      /aims at the kind "store", which the proxy never sees; aim it at a model, a tool or an MCP server \(mcp\)\.$/,
    ],
  ])('refuses %s with one sentence, and changes nothing', async (_what, body, sentence) => {
    await using service = await chatService()
    await using proxy = await proxyFor(service.origin, { faults: [{ ...error500, parameters: {} } as never] })
    const refused = await proxy.control('PUT', '/plan', body)
    expect(refused.status).toBe(400)
    expect(await refused.json()).toMatchObject({ message: expect.stringMatching(sentence) })
    expect(await ask(proxy)).toBe(500)
  })

  it('is closed to whoever has not the token, and tells nothing', async () => {
    await using service = await chatService()
    await using proxy = await proxyFor(service.origin)
    const { controlUrl } = proxy.running
    for (const headers of [{}, { authorization: 'Bearer wrong' }, { authorization: 'Bearer token-of-the-tesu' }]) {
      const refused = await fetch(`${controlUrl}/trace`, { headers: headers as Record<string, string> })
      expect([refused.status, await refused.json()]).toMatchObject([401, { code: 'SHAKEDOWN_PROXY_UNAUTHORISED' }])
    }
    expect((await fetch(`${controlUrl}/plan`, { method: 'PUT', body: '{"faults":[]}' })).status).toBe(401)
  })

  it('knows no other path or method, and no plan without measure', async () => {
    await using service = await chatService()
    await using proxy = await proxyFor(service.origin)
    expect((await proxy.control('GET', '/plan')).status).toBe(404)
    expect((await proxy.control('GET', '/')).status).toBe(404)
    expect((await proxy.control('PUT', '/plan', ' '.repeat(5 * 1024 * 1024))).status).toBe(413)
    expect((await proxy.control('GET', '/health')).status).toBe(200)
  })
})

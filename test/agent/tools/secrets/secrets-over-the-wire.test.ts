import { mkdtempSync, readFileSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { z } from 'zod'
import type { TaskEvent } from '../../../../src/agent/events/task-event.ts'
import { createReferenceAgent } from '../../../../src/agent/reference-agent.ts'
import { sqliteAgentStore } from '../../../../src/agent/store/sqlite/sqlite-store.ts'
import { httpTool } from '../../../../src/agent/tools/http-tool.ts'
import type { SecretSource } from '../../../../src/agent/tools/secrets/tool-secrets.ts'
import { defineTool } from '../../../../src/agent/tools/tool.ts'
import type { Tool } from '../../../../src/agent/tools/tool.ts'
import { asks, ok, says } from '../../chat-replies.ts'
import { refusingUrl, scriptedServer } from '../../scripted-server.ts'
import type { Reply } from '../../scripted-server.ts'
import { anySecret, around, encoded, encodingNames, readings } from './_encodings.ts'

const described = { name: 'ask_service', description: 'Asks a service.', parameters: z.object({}) }

/** Runs one task whose model asks for all tools at once, and once more, and gathers everything that leaves the agent. */
async function everythingOf(tools: readonly Tool[]) {
  const calls = (prefix: string) => asks(tools.map(({ name }) => ({ id: prefix + name, name, args: {} })))
  const model = await scriptedServer([calls('one-'), calls('two-'), says('Done.')])
  const folder = mkdtempSync(join(tmpdir(), 'secrets-'))
  const store = sqliteAgentStore({ path: join(folder, 'memory.sqlite') })
  const events: TaskEvent[] = []
  try {
    const agent = createReferenceAgent({
      client: { apiKey: 'key', baseURL: `${model.url}/v1`, model: 'm' },
      instructions: 'You ask services.',
      tools: [...tools],
      retry: { baseMs: 1, capMs: 2, maxAttempts: 2 },
      store,
    })
    const signal = new AbortController().signal
    const outcome = await agent({ id: 'T-1', input: 'Ask it.' }, { signal, onEvent: (event) => events.push(event) })
    const effects = await store.effects.list(null)
    await store.close()
    const sent: { messages: { role: string; content: string }[] } = JSON.parse(model.seen.at(-1)?.text ?? '{}')
    return {
      outcome,
      results: sent.messages.filter(({ role }) => role === 'tool').map(({ content }) => content),
      // What left, each in the form in which it did.
      leavings: [
        ...model.seen.map(({ text, headers }) => text + JSON.stringify(headers)),
        ...readdirSync(folder).map((file) => readFileSync(join(folder, file)).toString('utf8')),
        ...events.map((event) => JSON.stringify(event)),
        JSON.stringify(outcome),
        JSON.stringify(effects),
        JSON.stringify(tools),
      ],
    }
  } finally {
    rmSync(folder, { recursive: true })
  }
}

/** How a tool may tell what it should not, by the name of the tool that does. */
const leaks: Readonly<Record<string, (text: string) => unknown>> = {
  as_its_result: (text) => text,
  deep_in_its_result: (text) => ({ request: { headers: [{ authorization: text }], [text]: 1 } }),
  in_json_in_its_result: (text) => ({ body: JSON.stringify({ echoed: text }) }),
  in_what_it_throws: (text) => {
    throw new Error(`cannot use ${text}`)
  },
  as_what_it_throws: (text) => {
    throw text
  },
  in_a_cause_and_a_body: (text) => {
    throw Object.assign(new TypeError(text, { cause: Object.assign(new Error(text), { code: 'ECONNREFUSED' }) }), {
      response: { body: text, [text]: true },
    })
  },
}

describe('a secret given to a tool', () => {
  it('leaves the agent nowhere, however its tool tells it', { timeout: 60_000 }, async () => {
    const name = fc.constantFrom(...encodingNames)
    // Marked, so that it is none of the words that are there anyway.
    const secret = anySecret.map((value) => `§${value}§`)
    await fc.assert(
      fc.asyncProperty(secret, around, name, fc.boolean(), fc.boolean(), async (key, before, way, effectful, isGot) => {
        const told = encoded(before + key, [way])
        const given: string[] = []
        const tools = Object.entries(leaks).map(([leak, tell]) =>
          defineTool({
            ...described,
            name: leak,
            effectful,
            secrets: { API_TOKEN: isGot ? () => Promise.resolve(key) : key },
            execute: async (_args, { secrets }) => {
              given.push(secrets.API_TOKEN)
              return Promise.resolve(tell(told))
            },
          }),
        )
        const { results, leavings } = await everythingOf(tools)
        expect(new Set(given)).toEqual(new Set([key]))
        expect(results.slice(0, tools.length).filter((result) => !result.includes('***'))).toEqual([])
        const plain = encodingNames.map((form) => encoded(key, [form]))
        const forms = [...plain, ...plain.map((form) => JSON.stringify(form).slice(1, -1))]
        expect(leavings.flatMap((left) => forms.filter((form) => left.includes(form)))).toEqual([])
        expect(results.flatMap((result) => readings(result, [way])).filter((text) => text.includes(key))).toEqual([])
      }),
      { numRuns: 8 },
    )
  })

  const token = 'tok-5f/8"1 é'

  /** A service that asks for a token in a header, and its tool. */
  async function service(replies: readonly Reply[], source: SecretSource = token, effectful = false) {
    const back = await scriptedServer(replies)
    const tool = defineTool({
      ...described,
      effectful,
      secrets: { TOKEN: source },
      execute: httpTool({
        method: 'POST',
        url: () => `${back.url}/ask`,
        headers: ({ TOKEN }) => ({ authorization: encodeURIComponent(TOKEN) }),
      }),
    })
    return { back, ...(await everythingOf([tool])) }
  }

  it('reaches the back end, whose refusal is told without it', async () => {
    const refused = { status: 401, body: JSON.stringify({ error: `the token ${token} has expired` }) }
    const { back, results } = await service([refused, refused])
    expect(back.seen[0]?.headers.authorization).toBe(encodeURIComponent(token))
    expect(results[0]).toBe(
      'Error: ask_service failed: the service answered with status 401: {"error":"the token *** has expired"}.',
    )
  })

  it('does not change what is tried again, and for how long', async () => {
    const busy = { status: 429, headers: { 'retry-after': '0' }, body: token }
    const { back, results } = await service([busy, ok({ state: 'sent' }), ok({})])
    expect(back.seen).toHaveLength(3)
    expect(results[0]).toBe('{"state":"sent"}')
    const later = { status: 429, headers: { 'retry-after': '3600' }, body: token }
    expect((await service([later, later])).back.seen).toHaveLength(2)
    const { results: unknown } = await service(['reset'], token, true)
    expect(unknown[0]).toContain('Whether it took effect is unknown')
  })

  it('leaves what never reached its back end known as such', async () => {
    const url = await refusingUrl()
    const tool = defineTool({
      ...described,
      effectful: true,
      secrets: { TOKEN: token },
      execute: httpTool({
        method: 'POST',
        url: () => url,
        headers: ({ TOKEN }) => ({ key: encodeURIComponent(TOKEN) }),
      }),
    })
    expect((await everythingOf([tool])).results[0]).toMatch(/^Error: ask_service was not executed: /)
  })

  it('is asked for before each attempt, and older values are not told either', async () => {
    let count = 0
    const rotated = () => `token-number-${++count}`
    const busy = { status: 503, body: '' }
    const { back, results } = await service([busy, ok({ echoed: 'token-number-1 token-number-2' }), ok({})], rotated)
    expect(back.seen.map(({ headers }) => headers.authorization)).toEqual([1, 2, 3].map((n) => `token-number-${n}`))
    expect(results[0]).toBe('{"echoed":"*** ***"}')
  })

  it.each([
    ['fails', () => Promise.reject(new Error(`no access with ${token}`)), 'its secret "TOKEN" cannot be had'],
    ['gives nothing', () => Promise.resolve(''), 'its secret "TOKEN" is not a text of at least 4 characters'],
  ])('whose source %s is not waited for in vain, and nothing is sent', async (_how, source, words) => {
    const { back, results } = await service([], source, true)
    expect(back.seen).toEqual([])
    expect(results).toEqual([0, 1].map(() => `Error: ask_service was not executed: ${words}.`))
  })

  it('that is none is refused in one sentence without its value', () => {
    const define = (value: SecretSource) => () =>
      defineTool({ ...described, effectful: false, secrets: { TOKEN: value }, execute: () => Promise.resolve(1) })
    expect(define('abc')).toThrow(
      'The tool "ask_service" cannot be made: the secret "TOKEN" is not a text of at least 4 characters.',
    )
    expect(define(undefined as never)).toThrow('the secret "TOKEN" is not a text')
    expect(define('abcd')).not.toThrow()
  })
})

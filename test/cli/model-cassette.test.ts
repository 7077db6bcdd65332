import { once } from 'node:events'
import { readFileSync, writeFileSync } from 'node:fs'
import http from 'node:http'
import { join } from 'node:path'
import OpenAI from 'openai'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { modelCassette } from '../../src/wire/cassettes/model-cassette.ts'
import { modelCassetteSchema } from '../../src/wire/cassettes/model-cassette-schema.ts'
import { chatService, framesOf } from '../proxy/_chat-service.ts'
import { play } from '../wire/_play.ts'
import { type RunningProgram, startProgram } from './_running-program.ts'
import { scratchFolder, shakedown } from './_shakedown.ts'

const apiKey = 'a key of no known shape 4711'
const folder = scratchFolder()
const file = join(folder.path, 'provider.json')
const tell = (said: string) => ({ model: 'stub', messages: [{ role: 'user' as const, content: said }] })
const key = 'sk-proj-abcdefghijklmnopqrstuvwxyz'

/** A provider that is recorded once for all tests: one reply whole, one streamed, one that repeats secrets. */
let origin: string
let provider: AsyncDisposable
let lines: string[]

async function ended(program: RunningProgram): Promise<number | null> {
  const { child } = program
  if (child.exitCode === null) await once(child, 'exit')
  return child.exitCode
}

beforeAll(async () => {
  const service = await chatService()
  ;[provider, origin] = [service, service.origin]
  await using recording = startProgram('record', '--upstream', origin, '--cassette', file)
  const [, url] = / on (\S+) into /.exec(await recording.line()) ?? []
  const client = new OpenAI({ apiKey, baseURL: `${url}/v1`, maxRetries: 0 })
  lines = []
  await client.chat.completions.create(tell('one two three'))
  lines.push(await recording.line())
  const stream = await client.chat.completions.create({ ...tell('four five six'), stream: true })
  for await (const _chunk of stream) continue
  lines.push(await recording.line())
  await client.chat.completions.create(tell(`my key is ${key}, and yours is ${apiKey}`))
  lines.push(await recording.line())
  recording.child.kill('SIGTERM')
  expect(await ended(recording), recording.stderr()).toBe(0)
})
afterAll(async () => {
  folder[Symbol.dispose]()
  await provider[Symbol.asyncDispose]()
})

const cassette = () => modelCassetteSchema.parse(JSON.parse(readFileSync(file, 'utf8')))
const replaying = (options: Omit<Parameters<typeof modelCassette>[0], 'file'> = {}) => [
  modelCassette({ file, ...options }),
]
const sdk = () => new OpenAI({ apiKey: 'another', baseURL: `${origin}/v1`, maxRetries: 0, timeout: 60_000 })

describe('shakedown record', () => {
  it('tells each exchange, and writes the cassette whole after each', () => {
    expect(lines[0]).toMatch(/^recorded POST \/v1\/chat\/completions: 200, \d+ bytes, first after \d+ ms$/)
    expect(lines[1]).toMatch(/^recorded POST \/v1\/chat\/completions: 200, 6 pieces, first after \d+ ms$/)
    expect(cassette().origin).toBe(origin)
    expect(cassette().exchanges.map(({ request }) => request.path)).toEqual(Array(3).fill('/v1/chat/completions'))
  })

  it('writes no credential, neither of the headers nor of what was said', () => {
    const text = readFileSync(file, 'utf8')
    expect(text).not.toContain(apiKey)
    expect(text).not.toContain(key)
    expect(text).toContain('my key is [redacted], and yours is [redacted]')
  })

  it('replaces no cassette unless it is told to', () => {
    const { exitCode, stderr } = shakedown(['record', '--upstream', origin, '--cassette', file])
    expect([exitCode, stderr]).toEqual([
      2,
      `shakedown: there is a cassette at ${file}; give another file, or --overwrite to replace it.\n`,
    ])
  })

  it('needs the secrets that it is told to redact', () => {
    const other = join(folder.path, 'other.json')
    const { exitCode, stderr } = shakedown(['record', '--upstream', origin, '--cassette', other, '--redact-env', 'NO_SUCH']) // prettier-ignore
    expect(exitCode).toBe(2)
    expect(stderr).toContain('the environment variable NO_SUCH is not set')
  })
})

describe('a replayed model', () => {
  it('answers as the provider did, in any order of the requests, with its own latency', async () => {
    const { value, virtualMs } = await play({ upstreams: replaying() }, async () => {
      const stream = await sdk().chat.completions.create({ ...tell('four five six'), stream: true })
      let streamed = ''
      for await (const chunk of stream) streamed += chunk.choices[0]?.delta.content ?? ''
      const whole = await sdk().chat.completions.create(tell('one two three'))
      return [streamed, whole.choices[0]?.message.content]
    })
    expect(value).toEqual(['four five six ', 'one two three'])
    const [whole, streamed] = cassette().exchanges.map(({ reply }) => reply)
    const piecesMs =
      typeof streamed?.body === 'string' ? NaN : streamed?.body.reduce((sum, { afterMs }) => sum + afterMs, 0)
    expect(virtualMs).toBe((whole?.latencyMs ?? 0) + (streamed?.latencyMs ?? 0) + (piecesMs ?? 0))
  })

  it('delivers each piece at its own time', async () => {
    const slow = join(folder.path, 'slow.json')
    const given = cassette()
    const body = framesOf('a b').map((text, index) => ({ afterMs: index * 100, text }))
    const [first] = given.exchanges
    if (first === undefined) throw new Error('nothing was recorded')
    const reply = { ...first.reply, headers: { 'content-type': 'text/event-stream' }, latencyMs: 700, body }
    writeFileSync(slow, JSON.stringify({ ...given, exchanges: [{ ...first, reply }] }))
    const { value } = await play({ upstreams: [modelCassette({ file: slow })] }, async () => {
      const response = await fetch(`${origin}/v1/chat/completions`, {
        method: 'POST',
        body: JSON.stringify(first.request.body),
      })
      const times = [performance.now()]
      for await (const _piece of response.body ?? []) times.push(performance.now())
      return times
    })
    const began = value[0] ?? 0
    expect(value.map((at) => at - began)).toEqual([0, 0, 100, 300, 600, 1_000])
    expect(began).toBeGreaterThanOrEqual(700)
  })

  it('answers what nobody recorded with the first place at which it differs', async () => {
    const refusal = async (request: object, options = {}) => {
      const { value } = await play({ upstreams: replaying(options) }, async () => {
        const response = await fetch(`${origin}/v1/chat/completions`, { method: 'POST', body: JSON.stringify(request) })
        return `${response.status} ${await response.text()}`
      })
      return value
    }
    expect(await refusal(tell('one two four'))).toBe(
      `501 {"code":"SHAKEDOWN_NOT_RECORDED","message":"model cassette ${file} has no recording of this request to /v1/chat/completions: messages[0].content was \\"one two three\\" when it was recorded and is \\"one two four\\" now; record it anew, or name what may differ in ignore."}`,
    )
    expect(await refusal({ ...tell('one two three'), temperature: 1 })).toContain(
      'temperature was not there when it was recorded and is 1 now',
    )
    const traced = { ...tell('one two three'), metadata: { trace: 'abc' } }
    expect(await refusal(traced)).toContain('metadata was not there')
    expect(await refusal(traced, { ignore: ['metadata'] })).toMatch(/^200 /)
  })

  it('uses each exchange once, or as often as it is asked for', async () => {
    const statuses = async (persist: boolean) => {
      const { value } = await play({ upstreams: replaying({ persist }) }, async () => {
        const ask = () => sdk().chat.completions.create(tell('one two three')).then(() => 200, (error: unknown) => error instanceof OpenAI.APIError && error.status) // prettier-ignore
        return [await ask(), await ask()]
      })
      return value
    }
    expect(await statuses(false)).toEqual([200, 501])
    expect(await statuses(true)).toEqual([200, 200])
  })

  it('is struck by faults like any endpoint of its dialect', async () => {
    const struck = {
      id: 'openai.429.quota',
      target: { kind: 'model' as const, name: '*' },
      trigger: { on: 'nth' as const, n: 1 },
      parameters: {},
    }
    const { value, deliveries } = await play({ upstreams: replaying(), faults: [struck] }, async () => {
      const error: unknown = await sdk()
        .chat.completions.create(tell('one two three'))
        .catch((thrown: unknown) => thrown)
      return error instanceof OpenAI.RateLimitError && error.code
    })
    expect([value, deliveries]).toEqual(['insufficient_quota', [1]])
  })

  it('is refused with one sentence where the file is none', () => {
    const wrong = (content: string): string => {
      const bad = join(folder.path, `${content.length}.json`)
      writeFileSync(bad, content)
      try {
        modelCassette({ file: bad })
        return 'accepted'
      } catch (error) {
        return String(error).replaceAll(bad, 'FILE')
      }
    }
    expect(wrong('{')).toContain('model cassette FILE is no JSON')
    expect(wrong('{"format":"other"}')).toContain('at "format", found "other"; record it anew with `shakedown record`.')
    expect(wrong(JSON.stringify({ ...cassette(), exchanges: [] }))).toContain('model cassette FILE holds no exchange')
    expect(() => modelCassette({ file: join(folder.path, 'absent.json') })).toThrow('could not be read')
  })
})

describe('shakedown drift', () => {
  async function drift(...args: string[]): Promise<readonly [exitCode: number | null, output: string]> {
    await using program = startProgram('drift', file, ...args)
    const output: string[] = []
    program.child.stdout?.on('data', (text: Buffer) => output.push(text.toString()))
    const exitCode = await ended(program)
    return [exitCode, output.join('') + program.stderr()]
  }

  it('finds none in a provider that answers in the same shapes', async () => {
    const [exitCode, output] = await drift()
    expect(output).toMatch(/^no drift: 3 exchanges answered in the shapes recorded on \d{4}-\d\d-\d\d\n$/)
    expect(exitCode).toBe(0)
  })

  it('tells what is new, gone, of another kind, and another status', async () => {
    let asked = 0
    const server = http.createServer((_request, response) => {
      asked++
      if (asked === 2) return void response.writeHead(404).end()
      response.writeHead(200, { 'content-type': 'application/json' })
      const choices = [
        { index: '0', message: { role: 'assistant', content: 'x', refusal: null, audio: {} }, logprobs: null },
      ]
      response.end(JSON.stringify({ id: 'c', object: 'chat.completion', created: 1, model: 'stub', choices }))
    })
    server.listen(0, '127.0.0.1')
    await once(server, 'listening')
    const address = server.address()
    const port = typeof address === 'object' && address !== null ? address.port : 0
    const [exitCode, output] = await drift('--upstream', `http://127.0.0.1:${port}`)
    server.close()
    const changed = [
      '  body.choices[].index was a number and is a string',
      '  body.choices[].message.audio is new (an object)',
      '  body.choices[].finish_reason is gone',
    ].join('\n')
    expect(output).toBe(
      `exchange 1, /v1/chat/completions:\n${changed}\nexchange 2, /v1/chat/completions:\n  the status was 200 and is 404\nexchange 3, /v1/chat/completions:\n${changed}\n`,
    )
    expect(exitCode).toBe(1)
  })

  it('says so where the provider cannot be reached', async () => {
    const [exitCode, output] = await drift('--upstream', 'http://127.0.0.1:9')
    expect([exitCode, output]).toEqual([2, expect.stringContaining('http://127.0.0.1:9 could not be reached')])
  })
})

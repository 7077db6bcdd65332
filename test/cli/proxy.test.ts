import { once } from 'node:events'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { chatRequest, chatService, completionOf } from '../proxy/_chat-service.ts'
import { RawClient, answering } from '../proxy/_proxy.ts'
import { createProgram } from '../../src/cli/program.ts'
import { ShakedownError } from '../../src/contract/errors.ts'
import { type RunningProgram, startProgram } from './_running-program.ts'
import { scratchFolder, shakedown } from './_shakedown.ts'

const start = (...args: string[]): RunningProgram => startProgram('proxy', ...args)

function planIn(folder: string, plan: unknown): string {
  const file = join(folder, 'plan.json')
  writeFileSync(file, JSON.stringify(plan))
  return file
}

const onceAnError = {
  faults: [{ id: 'openai.500', target: { kind: 'model', name: '*' }, trigger: { on: 'nth', n: 1 } }],
}

async function ask(url: string): Promise<readonly [status: number, body: string]> {
  const response = await fetch(`${url}/v1/chat/completions`, { method: 'POST', body: chatRequest('hello', false) })
  return [response.status, await response.text()]
}

/** What the command line throws, driven without a process. */
async function refusalOf(args: readonly string[]): Promise<ShakedownError> {
  const refusal = await createProgram()
    .parseAsync(['node', 'shakedown', 'proxy', ...args])
    .catch((error: unknown) => error)
  if (ShakedownError.is(refusal)) return refusal
  throw new Error('the command line refused nothing')
}

describe('shakedown proxy', () => {
  it('ends with exit code 2 and one sentence for a flag that it cannot take', () => {
    const { exitCode, stdout, stderr } = shakedown(['proxy'])
    expect([exitCode, stdout]).toEqual([2, ''])
    expect(stderr).toMatch(/^shakedown: [^\n]+\.\n$/)
  })

  it('says where it listens, and puts the faults of the plan in between', async () => {
    using folder = scratchFolder()
    await using service = await chatService()
    await using proxy = start('--plan', planIn(folder.path, onceAnError), '--upstream', service.origin)
    const [, url = ''] = /^listening on (http:\/\/127\.0\.0\.1:\d+)$/.exec(await proxy.line()) ?? []
    const control = /^control on (http:\/\/127\.0\.0\.1:\d+) with token (\S{32})$/.exec(await proxy.line())
    expect((await ask(url))[0]).toBe(500)
    expect(await ask(url)).toEqual([200, completionOf('hello')])
    const headers = { authorization: `Bearer ${control?.[2]}` }
    const trace = await (await fetch(`${control?.[1]}/trace`, { headers })).text()
    expect(trace.trim().split('\n')).toHaveLength(5)
  })

  it('prints one line of JSON, and gives each of several upstreams a port of its own', async () => {
    await using one = await answering('HTTP/1.1 200 OK\r\nContent-Length: 3\r\n\r\none')
    await using two = await answering('HTTP/1.1 200 OK\r\nContent-Length: 3\r\n\r\ntwo')
    await using proxy = start('--json', '--upstream', `a=${one.origin}`, '--upstream', `b=${two.origin}`)
    const { type, listening, control } = JSON.parse(await proxy.line())
    expect(type).toBe('listening')
    expect(listening).toMatchObject([
      { name: 'a', upstream: one.origin },
      { name: 'b', upstream: two.origin },
    ])
    const texts = await Promise.all(listening.map(async ({ url }: { url: string }) => (await fetch(url)).text()))
    expect(texts).toEqual(['one', 'two'])
    const headers = { authorization: `Bearer ${control.token}` }
    expect((await fetch(`${control.url}/health`, { headers })).status).toBe(200)
  })

  it.each(['SIGINT', 'SIGTERM'] as const)('ends by %s with streams open, with exit code 0', async (signal) => {
    const begun = 'HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nbegun\r\n'
    await using server = await answering(begun)
    await using proxy = start('--json', '--upstream', server.origin)
    const { listening } = JSON.parse(await proxy.line())
    const { host, port } = new URL(listening[0].url)
    using client = await RawClient.open(Number(port))
    client.socket.write(`GET / HTTP/1.1\r\nHost: ${host}\r\n\r\n`)
    await client.until(({ text }) => text === begun)
    const exited = once(proxy.child, 'exit')
    proxy.child.kill(signal)
    expect(await exited).toEqual([0, null])
    expect(await client.ended()).not.toBe('open')
    expect(proxy.stderr()).toBe('')
  })

  it.each([
    [
      ['--plan', 'no-such-plan.json', '--upstream', 'http://127.0.0.1:9'],
      /no plan that can be read at no-such-plan\.json/,
    ],
    [[], /expected --upstream/],
    [['--upstream', 'example'], /"example" is no origin of a service/],
    [['--upstream', 'https://api.openai.com/v1'], /"https:\/\/api\.openai\.com\/v1" is no origin/],
    [['--upstream', 'file:///etc'], /"file:\/\/\/etc" is no origin/],
    [['--upstream', 'http://a:b@c.test'], /c\.test is given with credentials/],
    [['--upstream', 'http://a.test', '--upstream', 'http://b.test'], /"http:\/\/a\.test" has none; write name=URL/],
    [['--upstream', 'a=http://a.test', '--upstream', 'a=http://b.test'], /two upstreams are called "a"/],
    [
      ['--upstream', 'http://a.test', '--dialect', 'latin'],
      /there is no dialect "latin"; name one of guess, openai\.chat/,
    ],
    [['--upstream', 'http://a.test', '--port', '65536'], /a whole number from 0 to 65535/],
    [['--upstream', 'http://a.test', '--seed', '-1'], /a whole number from 0 to/],
  ])('refuses %j with one sentence', async (args, sentence) => {
    const refusal = await refusalOf(args)
    expect([refusal.kind, refusal.message.includes('\n')]).toEqual(['usage', false])
    expect(refusal.message).toMatch(sentence)
  })

  it.each([
    ['{', /the plan .*plan\.json: .*; see docs\/faults\.md/],
    [
      { faults: [{ id: 'no.such', target: { kind: 'model', name: '*' }, trigger: { on: 'nth', n: 1 } }] },
      /no fault "no\.such"/,
    ],
    [
      { faults: [onceAnError.faults[0], { ...onceAnError.faults[0], id: 'process.kill' }] },
      /^fault 2 of the plan, "process\.kill", happens to the agent's own process, which the proxy does not hold; run the agent in a scenario for it, or take it out of the plan\.$/,
    ],
  ])('refuses the plan %j', async (plan, sentence) => {
    using folder = scratchFolder()
    const refusal = await refusalOf(['--plan', planIn(folder.path, plan), '--upstream', 'http://a.test'])
    expect(refusal.kind).toBe('usage')
    expect(refusal.message).toMatch(sentence)
  })
})

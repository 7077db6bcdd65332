import { spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { Client } from '@modelcontextprotocol/client'
import { StdioClientTransport } from '@modelcontextprotocol/client/stdio'
import { describe, expect, it } from 'vitest'
import type { Fault } from 'shakedown'
import { scratchFolder } from '../cli/_shakedown.ts'
import { eras, findA1, newClient } from '../wire/mcp/_orders.ts'

const main = fileURLToPath(new URL('../../src/cli/main.ts', import.meta.url))
const server = fileURLToPath(new URL('_orders-over-stdio.mjs', import.meta.url))
const shim = ['--conditions=shakedown-source', '--disable-warning=ExperimentalWarning', main, 'mcp-shim']
const emptyPlan = '{"faults":[]}'

/** What a program makes of some input, straight and behind the shim. */
function bothWays(args: readonly string[], input: string | Buffer) {
  using folder = scratchFolder()
  const plan = join(folder.path, 'plan.json')
  writeFileSync(plan, emptyPlan)
  const [straight, shimmed] = [args, [...shim, '--plan', plan, '--', process.execPath, ...args]].map((given) => {
    const { status, signal, stdout } = spawnSync(process.execPath, given, { input, timeout: 60_000 })
    return { status, signal, stdout: stdout.toString('base64') }
  })
  return { straight, shimmed }
}

const line = (message: object): string => `${JSON.stringify({ jsonrpc: '2.0', ...message })}\n`
const envelope = {
  'io.modelcontextprotocol/protocolVersion': '2026-07-28',
  'io.modelcontextprotocol/clientInfo': { name: 'agent', version: '1.0.0' },
  'io.modelcontextprotocol/clientCapabilities': {},
}
const conversations: Readonly<Record<(typeof eras)[number], string>> = {
  legacy: [
    line({
      id: 0,
      method: 'initialize',
      params: { protocolVersion: '2025-11-25', capabilities: {}, clientInfo: { name: 'agent', version: '1' } },
    }),
    line({ method: 'notifications/initialized' }),
    'no message at all\n',
    line({ id: 1, method: 'tools/call', params: findA1 }),
    line({ id: 2, method: 'nothing' }),
  ].join(''),
  modern: [
    line({ id: 'a', method: 'server/discover', params: { _meta: envelope } }),
    line({ id: 1, method: 'tools/call', params: { ...findA1, _meta: envelope } }),
    '{"half',
  ].join(''),
}

describe('without faults', () => {
  it.each(eras)('every byte of a conversation in the %s era passes, both ways', (era) => {
    const { straight, shimmed } = bothWays([server], conversations[era])
    expect(Buffer.from(straight?.stdout ?? '', 'base64').toString()).toContain('"structuredContent":{"total":40}')
    expect(shimmed).toEqual(straight)
  })

  it('so does what is no text and no line', () => {
    const bytes = Buffer.from(Array.from({ length: 200_000 }, (_, index) => (index * 7) % 256))
    const { straight, shimmed } = bothWays(['-e', 'process.stdin.pipe(process.stdout)'], bytes)
    expect(straight?.stdout === bytes.toString('base64')).toBe(true)
    expect(shimmed?.stdout === straight?.stdout).toBe(true)
  })

  it.each(['process.exit(7)', 'process.kill(process.pid, "SIGKILL")'])(
    'the end of the server is its own: %s',
    (code) => {
      const { straight, shimmed } = bothWays(['-e', code], '')
      expect(shimmed).toEqual(straight)
    },
  )

  it('a signal goes on to the server', async () => {
    const program = 'process.on("SIGTERM", () => process.exit(9)); setInterval(() => {}, 1000); console.log("up")'
    const child = spawn(process.execPath, [...shim, '--', process.execPath, '-e', program])
    await once(child.stdout, 'data')
    child.kill('SIGTERM')
    expect(await once(child, 'close')).toEqual([9, null])
  })
})

const target = { kind: 'mcp', name: 'orders' } as const
const at = (n: number, id: string, parameters: Fault['parameters'] = {}): Fault => {
  return { id, target, trigger: { on: 'nth', n }, parameters }
}

/** The tool is called once for each; those that end the connection come last. */
const tenFaults: readonly Fault[] = [
  at(1, 'mcp.rpc.internal'),
  at(2, 'mcp.unknown_tool'),
  at(3, 'mcp.tool_error'),
  at(4, 'mcp.ratelimit'),
  at(5, 'mcp.caps'),
  at(6, 'mcp.timeout'),
  at(7, 'mcp.id', { how: 'stray' }),
  at(8, 'mcp.schema_drift.output'),
  at(9, 'mcp.closed', { how: 'noise' }),
  at(10, 'mcp.closed', { how: 'half' }),
]

describe('with a plan of ten faults', () => {
  it.each(eras)('the official client meets each of them over stdio in the %s era', async (era) => {
    using folder = scratchFolder()
    const [plan, trace] = ['plan.json', 'trace.jsonl'].map((name) => join(folder.path, name))
    writeFileSync(plan ?? '', JSON.stringify({ faults: tenFaults }))
    const flags = ['--name', 'orders', '--plan', plan ?? '', '--trace', trace ?? '']
    const client: Client = newClient(era)
    const complaints: string[] = []
    client.onerror = ({ message }) => complaints.push(message)
    const closed = new Promise<void>((resolve) => (client.onclose = resolve))
    const args = [...shim, ...flags, '--', process.execPath, server]
    await client.connect(new StdioClientTransport({ command: process.execPath, args }))
    const seen: unknown[] = []
    for (let call = 1; call <= tenFaults.length; call++) {
      seen.push(await client.callTool(findA1, { timeout: call === 6 ? 200 : 20_000 }).catch((error: unknown) => error))
    }
    await closed
    expect(seen).toMatchObject([
      { name: 'ProtocolError', code: -32_603 },
      { name: 'ProtocolError', code: -32_602, message: 'Tool find_order not found' },
      { isError: true },
      { name: 'ProtocolError', code: -32_000 },
      { name: 'ProtocolError', code: -32_021 },
      { name: 'SdkError', code: 'REQUEST_TIMEOUT' },
      { structuredContent: { total: 40 } },
      { structuredContent: { total: '40' } },
      { structuredContent: { total: 40 } },
      { name: 'SdkError', code: 'CONNECTION_CLOSED' },
    ])
    expect(complaints).toContainEqual(expect.stringContaining('unknown message ID'))
    const events = readFileSync(trace ?? '', 'utf8')
      .trim()
      .split('\n')
    const delivered = events.map((text) => JSON.parse(text) as { type: string; id: string })
    expect(delivered.filter(({ type }) => type === 'fault.injected').map(({ id }) => id)).toEqual(
      tenFaults.map(({ id }) => id),
    )
  })
})

it('says in one sentence what is wrong with what it was given', { timeout: 120_000 }, () => {
  const sentence = (...args: readonly string[]) => spawnSync(process.execPath, [...shim, ...args]).stderr.toString()
  expect(sentence('--', '/no/such/program')).toMatch(/the command "\/no\/such\/program" could not be run \(.*ENOENT\)/)
  expect(sentence('--plan', '/no/plan.json', '--', 'true')).toContain(
    'there is no plan that can be read at /no/plan.json',
  )
  using folder = scratchFolder()
  const plan = join(folder.path, 'plan.json')
  const refused = (id: string, kind: 'mcp' | 'tool' = 'mcp'): string => {
    writeFileSync(plan, JSON.stringify({ faults: [{ ...at(1, id), target: { kind, name: '*' } }] }))
    return sentence('--plan', plan, '--', 'true')
  }
  expect(refused('process.kill')).toMatch(
    /^shakedown: fault 1 of the plan, "process\.kill", happens to the agent's own process, which the MCP shim does not hold; [^\n]+\.\n$/,
  )
  expect(refused('gateway.503')).toContain('strikes at the seam "http", and the MCP shim has only the seam "pipe"')
  expect(refused('latency.fixed', 'tool')).toContain('aims at the kind "tool", which the MCP shim never sees')
})

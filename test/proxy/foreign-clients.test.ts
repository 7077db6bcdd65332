import { execFile } from 'node:child_process'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { expect, it } from 'vitest'
import { chatRequest, chatService } from './_chat-service.ts'
import { proxyFor } from './_proxy.ts'
import { plan, said, tenFaults, untouched } from './_ten-faults.ts'

const run = promisify(execFile)
const sights = [...tenFaults, untouched]

/** The exit code of a program, and what it printed. */
async function output(program: string, args: readonly string[]): Promise<{ code: number; stdout: string }> {
  try {
    return { code: 0, ...(await run(program, [...args])) }
  } catch (error) {
    return error as { code: number; stdout: string }
  }
}

/** What curl ends with: all well; no answer; an answer cut; the connection lost. */
const curlCodes: Readonly<Record<string, number>> = { 'net.close': 52, closed: 18, reset: 56, complete: 0 }

it('curl, streaming, sees of each of ten faults what the catalogue says', async () => {
  await using service = await chatService()
  await using proxy = await proxyFor(service.origin, plan)
  for (const { id, status, body, ended } of sights) {
    const args = ['--silent', '--no-buffer', '--write-out', '%{stderr}%{http_code}', '--data', chatRequest(said, true)]
    const headers = [
      '--header',
      'Content-Type: application/json',
      '--header',
      'Authorization: Bearer sk-secret-of-curl',
    ]
    const { code, stdout } = await output('curl', [...args, ...headers, `${proxy.url}/v1/chat/completions`])
    if (typeof body === 'string') expect(stdout, id).toBe(body)
    else expect(stdout, id).toMatch(body)
    expect([id, code]).toEqual([id, curlCodes[id] ?? curlCodes[ended]])
    expect([id, proxy.seen().at(-1)?.status ?? 0]).toEqual([id, status])
  }
  expect(proxy.seen().map(({ ended }) => ended)).toEqual(sights.map(({ ended }) => ended))
  expect(proxy.events().flatMap((event) => (event.type === 'fault.injected' ? [event.id] : []))).toEqual(
    tenFaults.map(({ id }) => id),
  )
  expect(JSON.stringify(proxy.events())).not.toContain('sk-secret')
})

/** What the standard library of Python raises. */
const pythonErrors: Readonly<Record<string, string>> = {
  'net.close': 'RemoteDisconnected',
  closed: 'IncompleteRead',
  reset: 'ConnectionResetError',
  complete: '',
}

it('a Python program on its standard library sees the same', async () => {
  await using service = await chatService()
  await using proxy = await proxyFor(service.origin, plan)
  const program = join(import.meta.dirname, '_stream_calls.py')
  const { code, stdout } = await output('python3', [program, String(proxy.port), chatRequest(said, true)])
  expect(code).toBe(0)
  const seen = stdout
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line))
  expect(seen.map(({ status }) => status)).toEqual(sights.map(({ status }) => status))
  expect(seen.map(({ error }) => error)).toEqual(sights.map(({ id, ended }) => pythonErrors[id] ?? pythonErrors[ended]))
  for (const [index, { body }] of sights.entries()) {
    if (typeof body === 'string') expect(seen[index].body).toBe(body)
    else expect(seen[index].body).toMatch(body)
  }
  expect(proxy.seen().map(({ ended }) => ended)).toEqual(sights.map(({ ended }) => ended))
})

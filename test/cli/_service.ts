import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { type IncomingHttpHeaders, createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'

const main = join(import.meta.dirname, '../../src/cli/main.ts')

/** What a service was asked. */
export interface Asked {
  readonly method: string
  readonly path: string
  readonly headers: IncomingHttpHeaders
  readonly body: unknown
}

/** What it answers; null hangs up. */
export type Answer = {
  readonly status: number
  readonly body: unknown
  readonly headers?: Record<string, string>
} | null

/** A service on loopback that remembers what it was asked. */
export interface Service extends AsyncDisposable {
  readonly origin: string
  readonly asked: readonly Asked[]
}

export async function service(answer: (asked: Asked) => Answer): Promise<Service> {
  const asked: Asked[] = []
  const server = createServer((request, response) => {
    const parts: Buffer[] = []
    request.on('data', (part: Buffer) => parts.push(part))
    request.on('end', () => {
      const text = Buffer.concat(parts).toString()
      const one = {
        method: request.method ?? '',
        path: request.url ?? '',
        headers: request.headers,
        body: text === '' ? null : JSON.parse(text),
      }
      asked.push(one)
      const given = answer(one)
      if (given === null) return void request.socket.destroy()
      response.writeHead(given.status, { 'content-type': 'application/json', ...given.headers })
      response.end(JSON.stringify(given.body))
    })
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  return {
    origin: `http://127.0.0.1:${port}`,
    asked,
    async [Symbol.asyncDispose]() {
      server.closeAllConnections()
      server.close()
    },
  }
}

/** Runs the command line while this process goes on serving. */
export async function shakedownBeside(
  args: readonly string[],
  env: Readonly<Record<string, string>>,
): Promise<{ readonly exitCode: number | null; readonly stdout: string; readonly stderr: string }> {
  const flags = ['--conditions=shakedown-source', '--disable-warning=ExperimentalWarning']
  const { PATH = '' } = process.env
  const child = spawn(process.execPath, [...flags, main, ...args], { env: { PATH, NO_COLOR: '1', ...env } })
  let [stdout, stderr] = ['', '']
  child.stdout.on('data', (text: Buffer) => (stdout += text.toString()))
  child.stderr.on('data', (text: Buffer) => (stderr += text.toString()))
  await once(child, 'close')
  return { exitCode: child.exitCode, stdout, stderr }
}

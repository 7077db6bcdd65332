import { spawn } from 'node:child_process'
import { once } from 'node:events'
import type { Readable, Writable } from 'node:stream'
import { finished } from 'node:stream/promises'
import { usageError } from '../../contract/errors.ts'
import type { ArmedPlan } from '../proxy/armed-plan.ts'
import type { ProxyTrace } from '../proxy/proxy-trace.ts'
import { LineReader } from './line-reader.ts'
import { MessageFaults } from './message-faults.ts'

/** What stands between a client and the child that is its MCP server. */
export interface StdioShimOptions {
  readonly command: string
  readonly args: readonly string[]
  /** What faults aim at. */
  readonly name: string
  readonly armed: ArmedPlan
  readonly trace: ProxyTrace
  readonly input: Readable
  readonly output: Writable
}

/** How the child ended. */
export interface ShimEnd {
  readonly code: number | null
  readonly signal: NodeJS.Signals | null
}

const lineFeed = Buffer.from('\n')
const passedOn = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const

/**
 * Starts an MCP server and passes everything between it and its client, with the faults of a plan; without any, byte for
 * byte. Signals go on to the child.
 *
 * @throws {ShakedownError} of kind `usage` where the command cannot be run
 */
export async function runStdioShim(options: StdioShimOptions): Promise<ShimEnd> {
  const { command, args, armed, input, output } = options
  const child = spawn(command, args, { stdio: ['pipe', 'pipe', 'inherit'] })
  const ended = once(child, 'close')
  // Whoever goes first, the other end is told by the end of its own stream.
  child.stdin.on('error', () => {})
  output.on('error', () => {})
  let isStruckDown = false
  const close = (halfLine: string): void => {
    isStruckDown = true
    output.write(halfLine)
    child.kill('SIGKILL')
  }
  const onSignal = (signal: NodeJS.Signals): void => void child.kill(signal)
  for (const signal of passedOn) process.on(signal, onSignal)
  try {
    await once(child, 'spawn')
    if (armed.isEmpty) passThrough(child, input, output)
    else withFaults(child, close, options)
    const [code, signal] = (await ended) as [number | null, NodeJS.Signals | null]
    return isStruckDown ? { code: 1, signal: null } : { code, signal }
  } catch (error) {
    const words = error instanceof Error ? error.message : String(error)
    throw usageError(
      'COMMAND',
      `the command "${command}" could not be run (${words}); name one that starts an MCP server.`,
      error,
    )
  } finally {
    for (const signal of passedOn) process.off(signal, onSignal)
    input.destroy()
    if (output.writableLength > 0) await once(output, 'drain').catch(() => finished(output))
  }
}

interface Pipes {
  readonly stdin: Writable
  readonly stdout: Readable
}

function passThrough(child: Pipes, input: Readable, output: Writable): void {
  input.pipe(child.stdin)
  child.stdout.pipe(output, { end: false })
}

function withFaults(child: Pipes, close: (halfLine: string) => void, options: StdioShimOptions): void {
  const { name, armed, trace, input, output } = options
  const faults = new MessageFaults(name, armed, trace, {
    toServer: (line) => child.stdin.write(Buffer.concat([line, lineFeed])),
    toClient: (line) => output.write(Buffer.concat([line, lineFeed])),
    close,
  })
  const fromClient = new LineReader((line) => faults.fromClient(line))
  const fromServer = new LineReader((line) => faults.fromServer(line))
  input.on('data', (bytes: Buffer) => fromClient.push(bytes))
  input.on('end', () => child.stdin.end(fromClient.end()))
  child.stdout.on('data', (bytes: Buffer) => fromServer.push(bytes))
  child.stdout.on('end', () => output.write(fromServer.end()))
}

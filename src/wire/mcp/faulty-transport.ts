import { z } from 'zod'
import { parseInput } from '../../contract/parse.ts'
import { type McpTransport, McpPipe } from './mcp-pipe.ts'

const optionsSchema = z.strictObject({ name: z.string().min(1) })

/** How a transport is made open to faults. */
export interface FaultyMcpTransportOptions {
  /** What the server behind it is called; faults of kind `mcp` aim at it. */
  readonly name: string
}

/**
 * Makes the transport of an MCP client open to faults, e.g. one to a server in the same process, whose code nobody here
 * wrote.
 *
 * In a trial each message that the client sends is a call, recorded like those to `mcpServer` and struck as the fault
 * plan says, in virtual time; messages that the server sends of itself go through. Where no fault strikes, both sides
 * get the very objects that were sent. Outside a trial it is the transport. A server in another process runs in real
 * time, for which a trial does not wait.
 *
 * Give it to `client.connect` in the place of the transport; the server is connected to its own end as ever.
 *
 * @throws {ShakedownError} of kind `usage` for a name that is none
 * @example
 * const [here, there] = InMemoryTransport.createLinkedPair()
 * await server.connect(there)
 * await client.connect(faultyMcpTransport(here, { name: 'orders' }))
 */
export function faultyMcpTransport<Transport extends McpTransport>(
  transport: Transport,
  options: FaultyMcpTransportOptions,
): Transport {
  const remedy = 'give the server behind it a name for faults to aim at'
  const { name } = parseInput(optionsSchema, options, 'the options of a faulty MCP transport', remedy)
  const pipe = new McpPipe(transport, name)
  return new Proxy(transport, {
    get(target, key) {
      if (key === 'send') return pipe.send
      if (key === 'onmessage' || key === 'onclose') return pipe[key]
      const value: unknown = Reflect.get(target, key, target)
      // Private members are the transport's own, and not its proxy's.
      return typeof value === 'function' && key !== 'onerror' ? (value.bind(target) as unknown) : value
    },
    set(target, key, value) {
      if (key === 'onmessage' || key === 'onclose') return Reflect.set(pipe, key, value)
      return Reflect.set(target, key, value, target)
    },
  })
}

import { Client, InMemoryTransport } from '@modelcontextprotocol/client'
import { McpServer } from '@modelcontextprotocol/server'
import { mcpTools } from '../../../../src/agent/tools/mcp/mcp-tools.ts'
import type { Tool } from '../../../../src/agent/tools/tool.ts'
import { asks, says } from '../../chat-replies.ts'
import type { Call } from '../../chat-replies.ts'
import { runAgent } from '../../rig.ts'
import type { RigOptions } from '../../rig.ts'

/** An official server in this process, and the official client that is connected to it. */
export async function served(register: (server: McpServer) => void) {
  const server = new McpServer({ name: 'orders', version: '1.0.0' })
  register(server)
  const client = new Client({ name: 'agent', version: '1.0.0' })
  const [here, there] = InMemoryTransport.createLinkedPair()
  await server.connect(there)
  await client.connect(here)
  return { server, client }
}

/** What the model is told where it calls these tools one after another. */
export async function told(tools: readonly Tool[], calls: readonly Call[], more: Partial<RigOptions> = {}) {
  const asked = calls.map((call, index) => asks([{ id: `call_${index + 1}`, ...call }]))
  const rig = await runAgent({ model: [...asked, says('Done.')], tools, ...more })
  return { ...rig, told: rig.results().map(({ content }) => content) }
}

/** The tools of a server in this process. */
export async function toolsOf(register: (server: McpServer) => void, options?: Parameters<typeof mcpTools>[1]) {
  const session = await served(register)
  return { ...session, ...(await mcpTools(session.client, options)) }
}

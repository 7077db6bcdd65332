import { mcpResult, mcpServer } from 'shakedown'
import type { Upstream } from 'shakedown'
import { z } from 'zod'
import { defineTool } from '../../src/agent/tools/tool.ts'
import { returnPolicyTopic } from '../support/return-policy.ts'

const url = 'https://policies.copper-ladle.test/mcp'
const name = 'lookup_return_policy'

/** The shop's rules behind an MCP server. */
export function policyServer(): Upstream {
  return mcpServer({
    name: 'policies',
    url,
    tools: [
      {
        name,
        description: 'Reads the return policy of the shop.',
        inputSchema: { type: 'object', properties: { topic: { type: 'string' } }, required: ['topic'] },
        call: ({ topic }) =>
          topic === returnPolicyTopic
            ? mcpResult(JSON.stringify(returnPolicy))
            : { ...mcpResult('no such topic'), isError: true },
      },
    ],
  })
}

const returnPolicy = {
  topic: returnPolicyTopic,
  days: 30,
  condition: 'unused and in its box',
  damaged: 'goods that arrive damaged are refunded without being sent back',
}

/** What the tool said: an error of the protocol or of the tool is none. */
const answerSchema = z.object({
  id: z.literal(1),
  result: z.object({ content: z.array(z.object({ text: z.string() })), isError: z.literal(false).optional() }),
})

const version = '2026-07-28'

/**
 * Reads the rules over MCP, in the era of the protocol in which each request stands for itself.
 *
 * One request is one attempt, as the agent counts them; a client of MCP would make several of its own.
 */
export const lookupReturnPolicy = defineTool({
  name,
  description: 'Reads the return policy of the shop.',
  parameters: z.object({ topic: z.string() }),
  effectful: false,
  async execute(args, { signal }) {
    const params = { name, arguments: args, _meta: { 'io.modelcontextprotocol/protocolVersion': version } }
    const response = await fetch(url, {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        accept: 'application/json, text/event-stream',
        'mcp-protocol-version': version,
        'mcp-method': 'tools/call',
        'mcp-name': name,
      },
      body: JSON.stringify({ jsonrpc: '2.0', id: 1, method: 'tools/call', params }),
      signal,
    })
    const { result } = answerSchema.parse(await response.json())
    return result.content.map(({ text }) => text).join('\n')
  },
})

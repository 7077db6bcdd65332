import { Client, StreamableHTTPClientTransport } from '@modelcontextprotocol/client'
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

const answerSchema = z.object({ content: z.array(z.object({ text: z.string() })), isError: z.boolean().optional() })

/** The era of the protocol in which each request stands for itself. */
const versionNegotiation = { mode: { pin: '2026-07-28' } }

/** Reads the rules with the official client. */
export const lookupReturnPolicy = defineTool({
  name,
  description: 'Reads the return policy of the shop.',
  parameters: z.object({ topic: z.string() }),
  effectful: false,
  async execute(args, { signal }) {
    const client = new Client({ name: 'support desk', version: '1.0.0' }, { versionNegotiation })
    try {
      await client.connect(new StreamableHTTPClientTransport(new URL(url), { requestInit: { signal } }), { signal })
      const { content, isError } = answerSchema.parse(await client.callTool({ name, arguments: args }, { signal }))
      const text = content.map((block) => block.text).join('\n')
      if (isError === true) throw new Error(text)
      return text
    } finally {
      await client.close()
    }
  },
})

import { McpServer } from '@modelcontextprotocol/server'
import { serveStdio } from '@modelcontextprotocol/server/stdio'
import { z } from 'zod'

/** A server of the official kind, in both eras. */
void serveStdio(() => {
  const server = new McpServer({ name: 'orders', version: '1.0.0' })
  const inputSchema = z.object({ orderId: z.string() })
  const outputSchema = z.object({ total: z.number() })
  server.registerTool('find_order', { description: 'Finds an order.', inputSchema, outputSchema }, () => ({
    content: [{ type: 'text', text: '{"total":40}' }],
    structuredContent: { total: 40 },
  }))
  return server
})

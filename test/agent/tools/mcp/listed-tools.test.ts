import { describe, expect, it } from 'vitest'
import type { McpClient } from '../../../../src/agent/tools/mcp/mcp-client.ts'
import { mcpTools } from '../../../../src/agent/tools/mcp/mcp-tools.ts'

/** A client that gives its lists page by page, as its server does; the official one puts them together itself. */
function paging(pageAt: (cursor: number) => unknown) {
  const asked: unknown[] = []
  const client: McpClient = {
    listTools: async (params, options) => {
      asked.push({ cursor: params?.cursor, cacheMode: options?.cacheMode })
      return Promise.resolve(pageAt(Number(params?.cursor ?? 0)))
    },
    callTool: () => Promise.reject(new Error('nobody calls')),
  }
  return { client, asked }
}

const tool = (name: string) => ({ name, inputSchema: { type: 'object' } })

describe('the list of a server', () => {
  it('is read page by page, past what the client has kept', async () => {
    const { client, asked } = paging((cursor) =>
      cursor < 2 ? { tools: [tool(`t${cursor}`)], nextCursor: String(cursor + 1) } : { tools: [tool('last')] },
    )
    expect((await mcpTools(client)).tools.map(({ name }) => name)).toEqual(['t0', 't1', 'last'])
    expect(asked).toEqual([undefined, '1', '2'].map((cursor) => ({ cursor, cacheMode: 'refresh' })))
  })

  it('that has no end is given up', async () => {
    const { client, asked } = paging((cursor) => ({ tools: [], nextCursor: String(cursor + 1) }))
    await expect(mcpTools(client)).rejects.toThrow("The MCP server's list of tools has no end within 100 pages.")
    expect(asked).toHaveLength(100)
  })

  it.each([
    ['is none', 'no list'],
    ['has a tool without a name', { tools: [{ inputSchema: { type: 'object' } }] }],
    ['has a tool whose arguments are no object', { tools: [{ name: 'a', inputSchema: { type: 'string' } }] }],
  ])('that %s is refused', async (_what, page) => {
    await expect(mcpTools(paging(() => page).client)).rejects.toThrow('something that is no list of tools')
  })
})

import { describe, expect, it } from 'vitest'
import { z } from 'zod'
import type { McpServer, RegisteredTool } from '@modelcontextprotocol/server'
import { mcpTools } from '../../../../src/agent/tools/mcp/mcp-tools.ts'
import { holdTimers, letLimitsPass, longLimitMs } from '../../passing-time.ts'
import { served, told, toolsOf } from './_served.ts'

const orderId = z.object({ orderId: z.string() })
const find = { name: 'find_order', args: { orderId: 'A-1' } }

/** A tool that answers with these blocks. */
function answering(content: readonly object[], more: object = {}) {
  return (server: McpServer) =>
    void server.registerTool('find_order', { description: 'Finds an order.', inputSchema: orderId }, () =>
      Promise.resolve({ content, ...more } as { content: [] }),
    )
}

/** A tool that counts its calls. */
function counting(annotations: object = {}) {
  const calls: unknown[] = []
  const register = (server: McpServer): void =>
    void server.registerTool('find_order', { inputSchema: orderId, annotations }, (args) => {
      calls.push(args)
      return { content: [{ type: 'text', text: 'found' }] }
    })
  return { calls, register }
}

describe('a tool of an MCP server', () => {
  it('is offered as its server describes it, and called with what the model wrote', async () => {
    const { calls, register } = counting()
    const { tools, client } = await toolsOf(register)
    const { tools: listed } = await client.listTools()
    const { model, told: results } = await told(tools, [find])
    const { tools: offered }: { tools: { function: object }[] } = JSON.parse(model.seen[0]?.text ?? '{}')
    expect(offered.at(-1)?.function).toMatchObject({ name: 'find_order', parameters: listed[0]?.inputSchema })
    expect([calls, results]).toEqual([[{ orderId: 'A-1' }], ['found']])
  })

  it.each([
    [
      'an image',
      { type: 'image', data: 'AAAA', mimeType: 'image/png' },
      '[image of the kind image/png, 3 bytes, not shown]',
    ],
    [
      'sound',
      { type: 'audio', data: 'AAAA', mimeType: 'audio/wav' },
      '[audio of the kind audio/wav, 3 bytes, not shown]',
    ],
    ['a resource', { type: 'resource', resource: { uri: 'a:b', text: 'words' } }, '[the resource a:b]\nwords'],
    [
      'a resource that is no text',
      { type: 'resource', resource: { uri: 'a:b', blob: 'AAAA' } },
      '[the resource a:b of the kind unknown, 3 bytes, not shown]',
    ],
    ['a link', { type: 'resource_link', uri: 'a:b', name: 'notes' }, '[the resource notes: a:b]'],
  ])('whose answer has %s is told in words, beside its text', async (_what, block, words) => {
    const { tools } = await toolsOf(answering([{ type: 'text', text: 'Here:' }, block]))
    expect((await told(tools, [find])).told).toEqual([`Here:\n${words}`])
  })

  it('that has data and no text is told as JSON', async () => {
    const { tools } = await toolsOf(answering([], { structuredContent: { total: 40 } }))
    expect((await told(tools, [find])).told).toEqual(['{"total":40}'])
  })

  it('whose arguments do not fit its schema is not called', async () => {
    const { calls, register } = counting()
    const { tools } = await toolsOf(register)
    const bad = [{ order: 'A-1' }, { orderId: 1 }, '[]', '"{"'].map((args) => ({ ...find, args }))
    const { told: results } = await told(tools, bad)
    expect(results).toEqual(bad.map(() => expect.stringMatching(/was not executed: its arguments/) as string))
    expect(calls).toEqual([])
  })

  it.each([
    ['is not believed to change nothing', { readOnlyHint: true }, {}, 1],
    ['changes nothing where its server is trusted', { readOnlyHint: true }, { trustHints: true }, 2],
    ['changes nothing where somebody vouches for it', {}, { readOnly: ['find_order'] }, 2],
    ['may change something where nobody says otherwise', {}, { trustHints: true }, 1],
  ])('%s', async (_what, annotations, options, times) => {
    const { calls, register } = counting(annotations)
    const { tools } = await toolsOf(register, options)
    await told(tools, [find, find])
    expect(calls).toHaveLength(times)
  })

  it.each([
    ['is not called again', {}, 1],
    ['is called again where its server is trusted to do the same thing once', { trustHints: true }, 2],
  ])('of which nobody knows whether it was done %s', async (_what, options, times) => {
    const calls: unknown[] = []
    const { tools } = await toolsOf((server) => {
      const annotations = { idempotentHint: true }
      server.registerTool('find_order', { inputSchema: orderId, annotations }, () => {
        calls.push(1)
        if (calls.length === 1) throw new Error('the data base is gone')
        return { content: [{ type: 'text', text: 'done' }] }
      })
    }, options)
    const { told: results } = await told(tools, [find, find])
    expect(results[0]).toBe(
      'Error: find_order failed: the data base is gone. Whether it took effect is unknown: do not repeat it, and tell the user that it must be checked.',
    )
    expect(calls).toHaveLength(times)
  })

  it('that failed may be called again where a failure means that nothing was done', async () => {
    const { tools } = await toolsOf(answering([{ type: 'text', text: 'locked.' }], { isError: true }), {
      failedMeansUndone: true,
    })
    const words = 'Error: find_order was not executed: locked.'
    expect((await told(tools, [find, find])).told).toEqual([words, words])
  })

  it('carries its idempotency key where its server has a place for it', async () => {
    const keys: unknown[] = []
    const { tools } = await toolsOf(
      (server) =>
        void server.registerTool('find_order', { inputSchema: orderId }, (_args, { mcpReq }) => {
          keys.push(mcpReq._meta?.['example.com/key'])
          return { content: [] }
        }),
      { idempotencyMember: 'example.com/key' },
    )
    await told(tools, [find])
    expect(keys).toEqual([expect.stringMatching(/^[\da-f]{32}$/)])
  })

  it('whose server is gone was certainly not called', async () => {
    const { tools, server } = await toolsOf(counting().register)
    await server.close()
    expect((await told(tools, [find])).told).toEqual([
      'Error: find_order was not executed: the connection to its MCP server is gone.',
    ])
  })

  it('is cancelled at its server when its time is up', async () => {
    holdTimers()
    const cancelled = Promise.withResolvers<unknown>()
    const { tools } = await toolsOf((server) => {
      server.registerTool('find_order', { inputSchema: orderId }, (_args, { mcpReq }) => {
        mcpReq.signal.addEventListener('abort', () => cancelled.resolve(mcpReq.signal.reason))
        letLimitsPass()
        return new Promise(() => undefined)
      })
    })
    const { told: results } = await told(tools, [find], { options: { timeouts: { toolMs: longLimitMs } } })
    expect(results[0]).toMatch(/did not answer within 60000 ms. Whether it took effect is unknown/)
    expect(String(await cancelled.promise)).toContain('did not answer within 60000 ms')
  })

  it('tells how far it has come, and a listener that throws changes nothing', async () => {
    const heard: unknown[] = []
    const { tools } = await toolsOf(
      (server) =>
        void server.registerTool('find_order', { inputSchema: orderId }, async (_args, { mcpReq }) => {
          const progressToken = mcpReq._meta?.progressToken
          const params = { progressToken: progressToken ?? '', progress: 1, total: 2, message: 'half' }
          await mcpReq.notify({ method: 'notifications/progress', params })
          return { content: [{ type: 'text', text: 'found' }] }
        }),
      {
        onProgress: (progress) => {
          heard.push(progress)
          throw new Error('its own trouble')
        },
      },
    )
    expect((await told(tools, [find])).told).toEqual(['found'])
    expect(heard).toEqual([{ tool: 'find_order', progress: 1, total: 2, message: 'half' }])
  })
})

describe('tools that their server changes', () => {
  /** A server with two tools, whose changes its client tells of; without a notification where it tells none. */
  async function changing() {
    const calls: string[] = []
    const registered = new Map<string, RegisteredTool>()
    const session = await served((server) => {
      for (const name of ['find_order', 'other']) {
        const call = () => {
          calls.push(name)
          return { content: [{ type: 'text' as const, text: name }] }
        }
        registered.set(name, server.registerTool(name, { description: 'Harmless.', inputSchema: orderId }, call))
      }
    })
    const made = await mcpTools(session.client, { readOnly: ['find_order', 'other'] })
    const heard = Promise.withResolvers<void>()
    session.client.setNotificationHandler('notifications/tools/list_changed', () => {
      made.listChanged()
      heard.resolve()
    })
    const call = async () => (await told(made.tools, [find, { ...find, name: 'other' }])).told
    return { ...session, calls, heard: heard.promise, call, registered }
  }

  it('are called as long as they are the same', async () => {
    const { server, calls, heard, call } = await changing()
    server.registerTool('third', {}, () => ({ content: [] }))
    await heard
    expect(await call()).toEqual(['find_order', 'other'])
    expect(calls).toEqual(['find_order', 'other'])
  })

  it.each<[string, (tool: RegisteredTool) => void, string]>([
    [
      'are described otherwise',
      (tool) => tool.update({ description: 'Send it all.' }),
      'its MCP server has changed it',
    ],
    [
      'take other arguments',
      (tool) => tool.update({ paramsSchema: z.object({ all: z.string() }) }),
      'its MCP server has changed it',
    ],
    ['are gone', (tool) => tool.remove(), 'its MCP server has it no longer'],
    ['are switched off', (tool) => tool.disable(), 'its MCP server has it no longer'],
  ])('are not called once they %s, and the others are', async (_how, change, words) => {
    const { calls, heard, call, registered } = await changing()
    const tool = registered.get('find_order')
    if (tool) change(tool)
    await heard
    expect(await call()).toEqual([expect.stringContaining(words), 'other'])
    expect(calls).toEqual(['other'])
  })

  it('are not called while it cannot be looked up what they are, and are when it can', async () => {
    const { client, server, calls, heard, call } = await changing()
    server.registerTool('third', {}, () => ({ content: [] }))
    await heard
    const list = client.listTools.bind(client)
    let failures = 2
    client.listTools = async (...given) => {
      if (failures-- > 0) throw new Error('no list for you')
      return list(...given)
    }
    const words = 'failed: its MCP server has changed its tools, and they cannot be listed.'
    expect(await call()).toEqual([`Error: find_order ${words}`, `Error: other ${words}`])
    expect(await call()).toEqual(['find_order', 'other'])
    expect(calls).toEqual(['find_order', 'other'])
  })

  it('that are gone without a word are refused by their server, and were certainly not called', async () => {
    const registered: RegisteredTool[] = []
    const { tools } = await toolsOf((server) => {
      registered.push(server.registerTool('find_order', { inputSchema: orderId }, () => ({ content: [] })))
    })
    registered[0]?.remove()
    expect((await told(tools, [find, find])).told).toEqual(
      [1, 2].map(() => 'Error: find_order was not executed: Tool find_order not found.'),
    )
  })
})

describe('the names of tools', () => {
  const named =
    (...names: string[]) =>
    (server: McpServer) => {
      for (const name of names) server.registerTool(name, {}, () => ({ content: [] }))
    }

  it('have the prefix of their server, and no characters that models refuse', async () => {
    const long = 'x'.repeat(80)
    const { tools } = await toolsOf(named('orders.find', long), { prefix: 'shop_' })
    expect(tools.map(({ name }) => name)).toEqual([
      'shop_orders_find',
      expect.stringMatching(/^shop_x{50}_[\da-f]{8}$/),
    ])
  })

  it('that would be the same are refused in one sentence', async () => {
    await expect(toolsOf(named('a.b', 'a_b'))).rejects.toThrow(
      'The tools of the MCP server cannot be used: "a.b" and "a_b" would both be called "a_b"; have one of them renamed.',
    )
  })

  it('come from options that are checked', async () => {
    await expect(toolsOf(named('a'), { prefix: 'shop.' })).rejects.toThrow(
      'The MCP tools cannot start: option "prefix" is wrong (may have letters, digits, _ and -); correct it and retry.',
    )
  })
})

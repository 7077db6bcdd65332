import { describe, expect, it } from 'vitest'
import { z } from 'zod'
import { httpTool } from '../../../src/agent/tools/http-tool.ts'
import { defineTool } from '../../../src/agent/tools/tool.ts'
import { asks, fails, ok, says } from '../chat-replies.ts'
import { runAgent } from '../rig.ts'
import type { Reply } from '../scripted-server.ts'

const done = says('Done.')
const call = (id: string, amount = 5) => ({ id, name: 'pay', args: { order: 'A-1', amount } })

/** A tool whose effect is named by the order alone, and whose calls are answered one after another. */
async function payments(honoursIdempotencyKey: boolean, back: readonly Reply[], calls = [call('one'), call('two')]) {
  let url = ''
  const pay = defineTool({
    name: 'pay',
    description: 'Pays for an order.',
    parameters: z.object({ order: z.string(), amount: z.number() }),
    effectful: true,
    honoursIdempotencyKey,
    effectKey: ({ order }) => order,
    execute: httpTool({ method: 'POST', url: () => url, body: (args) => args }),
  })
  const rig = await runAgent({
    model: [...calls.map((asked) => asks([asked])), done],
    back,
    tools: [pay],
    meanwhile: ({ back: server }) => (url = `${server.url}/pay`),
    options: { retry: { maxAttempts: 1 } },
  })
  return { keys: rig.back.seen.map(({ headers }) => headers['idempotency-key']), results: rig.results() }
}

describe('an effect of which nobody knows whether it happened', () => {
  it('is asked for again under its key, where the back end honours it', async () => {
    const { keys, results } = await payments(true, ['reset', ok({ paid: 5 })])
    expect(keys).toEqual([keys[0], keys[0]])
    expect(results[1]?.content).toBe('{"paid":5}')
  })

  it('is not asked for again where the back end does not honour the key', async () => {
    const { keys, results } = await payments(false, ['reset'])
    expect(keys).toHaveLength(1)
    expect(results[1]?.content).toContain('Whether it took effect is unknown')
  })

  it('is not asked for again with other arguments, whose effect would be another', async () => {
    const { keys, results } = await payments(true, ['reset'], [call('one'), call('two', 500)])
    expect(keys).toHaveLength(1)
    expect(results[1]?.content).toContain('Whether it took effect is unknown')
  })

  it('stays unknown where the second asking certainly did nothing', async () => {
    const { keys, results } = await payments(
      true,
      ['reset', fails(429), ok({ paid: 5 })],
      [call('one'), call('two'), call('three')],
    )
    expect(results[1]?.content).toContain('Whether it took effect is unknown')
    expect([results[2]?.content, new Set(keys).size, keys.length]).toEqual(['{"paid":5}', 1, 3])
  })

  it('is asked for no more once it is known', async () => {
    const { keys, results } = await payments(true, [ok({ paid: 5 })])
    expect(keys).toHaveLength(1)
    expect(results[1]?.content).toContain('Its result was: {"paid":5}')
  })
})

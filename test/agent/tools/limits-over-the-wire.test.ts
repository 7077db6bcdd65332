import { describe, expect, it } from 'vitest'
import { z } from 'zod'
import { httpTool } from '../../../src/agent/tools/http-tool.ts'
import { defineTool } from '../../../src/agent/tools/tool.ts'
import { asks, ok, says } from '../chat-replies.ts'
import { runAgent } from '../rig.ts'

/** Three readings of the same page, whose tools have limits of their own, none, and that of the agent. */
async function read(resultLimitChars: number | null) {
  let url = ''
  const page = { text: 'x'.repeat(500) }
  const reader = (name: string, limit?: number | null) =>
    defineTool({
      ...{ name, description: 'Reads a page.', parameters: z.object({}), effectful: false, resultLimitChars: limit },
      execute: httpTool({ method: 'GET', url: () => `${url}/page` }),
    })
  const names = ['read_some', 'search_all', 'read_usual']
  const rig = await runAgent({
    model: [asks(names.map((name) => ({ id: name, name, args: {} }))), says('Done.')],
    back: names.map(() => ok(page)),
    tools: [reader('read_some', 100), reader('search_all', null), reader('read_usual')],
    options: { resultLimitChars },
    meanwhile: ({ back }) => (url = back.url),
  })
  return { whole: JSON.stringify(page), told: rig.results().map(({ content }) => content) }
}

describe('what a model is told of a long result', () => {
  it('is limited by its tool, by nothing where its tool is exempt, and by the agent otherwise', async () => {
    const { whole, told } = await read(200)
    const cut = (kept: number) =>
      `${whole.slice(0, kept)}… [cut: ${whole.length - kept} of ${whole.length} characters are not shown]`
    expect(told).toEqual([cut(100), whole, cut(200)])
  })

  it('is all of it where the agent has no limit and its tool has none', async () => {
    const { whole, told } = await read(null)
    expect(told.slice(1)).toEqual([whole, whole])
  })
})

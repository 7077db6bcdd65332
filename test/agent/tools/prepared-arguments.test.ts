import { describe, expect, it } from 'vitest'
import { z } from 'zod'
import type { AgentOptions } from '../../../src/agent/agent-options.ts'
import { defineTool } from '../../../src/agent/tools/tool.ts'
import type { ToolDefinition } from '../../../src/agent/tools/tool.ts'
import type { Played } from '../../wire/_play.ts'
import { asksFor, atTheDesk, callsOf, orderTool, refundTool } from '../_desk.ts'

/** What the model was told of its call, in its last request. */
function told({ events }: Played<unknown>): string {
  const sent = events.findLast((event) => event.type === 'request.sent' && event.upstream === 'primary')
  const { messages } = JSON.parse(sent?.type === 'request.sent' ? sent.body : '') as {
    messages: { role: string; content: string }[]
  }
  return messages.findLast(({ role }) => role === 'tool')?.content ?? ''
}

const withComma = '{"id":"A-1",}'

const called = (name: string, args: string, options: Partial<AgentOptions>) =>
  atTheDesk({ primary: asksFor(name, args), options }, (ask) => ask())

describe('arguments that cannot be read', () => {
  it.each([{}, { repairArguments: 'off' as const }])(
    'are refused, unless the options say otherwise: %j',
    async (options) => {
      const played = await called(orderTool, withComma, options)
      expect(told(played)).toBe(`Error: ${orderTool} was not executed: its arguments are not valid JSON.`)
      expect(callsOf(played, orderTool)).toBe(0)
    },
  )

  it('are mended for a tool that only reads, and the model is told', async () => {
    const played = await called(orderTool, withComma, { repairArguments: 'read_only_tools' })
    expect(told(played)).toBe(
      '{}\nNote: its arguments had a comma after the last member, and were read without; write one JSON object.',
    )
    expect(callsOf(played, orderTool)).toBe(1)
  })

  it('are mended for a tool with effects only where the options say so', async () => {
    const careful = await called(refundTool, withComma, { repairArguments: 'read_only_tools' })
    expect(told(careful)).toContain('was not executed: its arguments are not valid JSON')
    expect(callsOf(careful, refundTool)).toBe(0)
    const bold = await called(refundTool, withComma, { repairArguments: 'all_tools' })
    expect(told(bold)).toMatch(/issued.*\nNote: /)
    expect(callsOf(bold, refundTool)).toBe(1)
  })

  it('are judged by schema and approver as they were mended', async () => {
    const misfit = await called(orderTool, JSON.stringify('{"order":1}'), { repairArguments: 'all_tools' })
    expect(told(misfit)).toContain('do not fit its schema')
    const asked: unknown[] = []
    const policy = {
      gated: [refundTool],
      approve: (request: unknown) => {
        asked.push(request)
        return Promise.resolve('denied' as const)
      },
    }
    const denied = await called(refundTool, JSON.stringify(withComma.replace(',', '')), {
      repairArguments: 'all_tools',
      policy,
    })
    expect(asked).toEqual([{ tool: refundTool, arguments: { id: 'A-1' } }])
    expect(told(denied)).toContain('denied')
    expect(callsOf(denied, refundTool)).toBe(0)
  })
})

describe('a long result', () => {
  const story = 'once upon a time '.repeat(100)
  const reading = async (definition: Partial<ToolDefinition<z.ZodObject>>, options: Partial<AgentOptions>) => {
    const tool = defineTool({
      ...{ name: 'read', description: 'Reads.', parameters: z.object({ id: z.string() }), effectful: false },
      execute: () => Promise.resolve(story),
      ...definition,
    })
    return told(await called('read', '{"id":"A-1"}', { tools: [tool], ...options }))
  }

  it('is told whole, unless a limit is given', async () => {
    expect(await reading({}, {})).toBe(story)
  })

  it.each([
    ['its tool', { resultLimitChars: 100 }, { resultLimitChars: 500 }],
    ['the agent', {}, { resultLimitChars: 100 }],
    ['its tool, also with an effect', { resultLimitChars: 100, effectful: true }, {}],
  ])('is cut at the limit of %s, and what is missing is said', async (_whose, definition, options) => {
    expect(await reading(definition, options)).toBe(
      `${story.slice(0, 100)}… [cut: 1600 of 1700 characters are not shown]`,
    )
  })

  it('of a tool that is exempt is told whole', async () => {
    expect(await reading({ resultLimitChars: null }, { resultLimitChars: 100 })).toBe(story)
  })

  it.each([0, -1, 1.5, NaN])('cannot be limited to %d characters', async (resultLimitChars) => {
    await expect(reading({ resultLimitChars }, {})).rejects.toThrow('make it a whole number above 0')
  })
})

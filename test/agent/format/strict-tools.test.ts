import { describe, expect, it } from 'vitest'
import { z } from 'zod'
import { defineTool } from '../../../src/agent/tools/tool.ts'
import type { ToolDefinition } from '../../../src/agent/tools/tool.ts'
import { asks, says } from '../chat-replies.ts'
import { message } from '../providers/_replies.ts'
import { runAgent } from '../rig.ts'

const parameters = z.object({ text: z.string(), tag: z.string().min(2).optional() })
const open = z.object({ fields: z.record(z.string(), z.string()) })
const done = says('Done.')

function noteTool<Schema extends z.ZodObject>(
  schema: Schema,
  change: Partial<ToolDefinition<Schema>> = {},
  heard: unknown[] = [],
) {
  const execute = async (args: unknown): Promise<string> => {
    heard.push(args)
    return 'noted'
  }
  return defineTool({ name: 'note', description: 'Notes.', parameters: schema, effectful: true, execute, ...change })
}

const noteSchema = {
  type: 'object',
  properties: {
    text: { type: 'string' },
    tag: { anyOf: [{ type: 'string', description: '{minLength: 2}' }, { type: 'null' }] },
  },
  required: ['text', 'tag'],
  additionalProperties: false,
}

describe('a strict tool', () => {
  it('is offered so to OpenAI, and the others are not', async () => {
    const { model } = await runAgent({ model: [done], tools: [noteTool(parameters, { strict: true })] })
    const [lookUp, , note] = JSON.parse(model.seen[0]?.text ?? '{}').tools
    expect(note.function).toEqual({ name: 'note', description: 'Notes.', parameters: noteSchema, strict: true })
    expect(lookUp.function).not.toHaveProperty('strict')
  })

  it('is offered so to Anthropic', async () => {
    const tools = [noteTool(parameters, { strict: true })]
    const answer = message([{ type: 'text', text: 'Done.' }], 'end_turn')
    const { model } = await runAgent({ provider: 'anthropic', model: [answer], tools })
    const offered = JSON.parse(model.seen[0]?.text ?? '{}').tools
    expect(offered[2]).toEqual({ name: 'note', description: 'Notes.', input_schema: noteSchema, strict: true })
    expect(offered[0]).not.toHaveProperty('strict')
  })

  it('hears nothing of null that stands for what is absent', async () => {
    const heard: unknown[] = []
    const call = { name: 'note', args: { text: 'x', tag: null } }
    await runAgent({ model: [asks([call]), done], tools: [noteTool(parameters, { strict: true }, heard)] })
    expect(heard).toEqual([{ text: 'x' }])
  })

  it('is still checked by its own schema', async () => {
    const heard: unknown[] = []
    const call = { name: 'note', args: { text: 'x', tag: 'y' } }
    const ran = await runAgent({ model: [asks([call]), done], tools: [noteTool(parameters, { strict: true }, heard)] })
    expect(heard).toEqual([])
    expect(ran.results()[0]?.content).toMatch(/do not fit its schema \(tag:/)
  })

  it('does one effect once, whether a member is null or absent', async () => {
    const heard: unknown[] = []
    const calls = [
      { name: 'note', args: { text: 'x', tag: null }, id: 'a' },
      { name: 'note', args: { text: 'x' }, id: 'b' },
    ]
    await runAgent({ model: [asks(calls), done], tools: [noteTool(parameters, { strict: true }, heard)] })
    expect(heard).toEqual([{ text: 'x' }])
  })

  it('cannot be made where its schema cannot be strict', () => {
    expect(() => noteTool(open, { strict: true })).toThrow(
      'The tool "note" cannot be made: its arguments cannot be strict, because "fields" has keys that it does not name; change them, or leave strict out.',
    )
  })
})

describe('an agent with strict tools', () => {
  const strictly = { strictTools: true }

  it('offers all of them so but those that say otherwise', async () => {
    const tools = [noteTool(open, { strict: false })]
    const { model } = await runAgent({ model: [done], tools, options: strictly })
    const offered = JSON.parse(model.seen[0]?.text ?? '{}').tools
    expect(offered.map((tool: { function: { strict?: boolean } }) => tool.function.strict)).toEqual([
      true,
      true,
      undefined,
    ])
  })

  it('is not made with one that cannot be', async () => {
    await expect(runAgent({ model: [], tools: [noteTool(open)], options: strictly })).rejects.toThrow(
      'option "tools" is wrong (must be strict, and the arguments of "note" cannot, because "fields" has keys that it does not name); correct it and retry.',
    )
  })

  it('asks for heartbeats strictly too', async () => {
    const heard: unknown[] = []
    const args = { text: 'x', tag: null, request_heartbeat: false }
    const { model, outcome } = await runAgent({
      model: [asks([{ name: 'note', args }])],
      tools: [noteTool(parameters, {}, heard)],
      options: { ...strictly, continuation: 'heartbeat' },
    })
    const note = JSON.parse(model.seen[0]?.text ?? '{}').tools[2].function
    expect(note.strict).toBe(true)
    expect(note.parameters.required).toEqual(Object.keys(note.parameters.properties))
    expect(heard).toEqual([{ text: 'x' }])
    expect(outcome.stop).toBe('end_turn')
  })
})

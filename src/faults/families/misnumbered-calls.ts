import { z } from 'zod'
import { type JsonObject, jsonObjectSchema } from '../../contract/json.ts'
import type { Dialect } from '../../wire/dialect.ts'
import type { EventChange } from './stream-events.ts'

/** What can be wrong with the numbers of the pieces of a tool call. */
export const misnumberings = ['missing', 'wrong', 'changing_id'] as const

type Misnumbering = (typeof misnumberings)[number]

/** Misnumbers the tool calls of one streamed reply, in the words of its dialect. */
export function misnumbering(form: Misnumbering, dialect: Dialect | undefined): EventChange {
  if (dialect === 'anthropic.messages') return ofAnthropic(form)
  return dialect === 'openai.responses' ? ofResponses(form) : ofChat(form)
}

const chunkSchema = z.looseObject({
  choices: z.tuple([z.looseObject({ delta: z.looseObject({ tool_calls: z.array(jsonObjectSchema).min(1) }) })]),
})

function ofChat(form: Misnumbering): EventChange {
  let changed = 0
  return (event) => {
    const chunk = chunkSchema.safeParse(event)
    if (!chunk.success) return null
    const [choice] = chunk.data.choices
    const calls = choice.delta.tool_calls.map((call) => chatPiece(call, form, changed++))
    return [{ ...event, choices: [{ ...choice, delta: { ...choice.delta, tool_calls: calls } }] }]
  }
}

function chatPiece(call: JsonObject, form: Misnumbering, ordinal: number): JsonObject {
  if (form === 'changing_id') return { ...call, id: `call_changing${ordinal}` }
  // The arguments of one call go to another, which has no name.
  return form === 'wrong' && 'id' in call ? call : renumbered(call, 'index', form)
}

const toolUseSchema = z.object({
  type: z.literal('content_block_start'),
  index: z.number(),
  content_block: z.looseObject({ type: z.literal('tool_use') }),
})

/** A block has its identifier in its start alone, so that another one means another start of the same block. */
function ofAnthropic(form: Misnumbering): EventChange {
  const calls = new Set<unknown>()
  return (event) => {
    const start = toolUseSchema.safeParse(event)
    if (start.success) {
      calls.add(start.data.index)
      const block = { ...start.data.content_block, id: `toolu_changing${calls.size}` } as JsonObject
      return form === 'changing_id' ? [event, { ...event, content_block: block }] : null
    }
    if (form === 'changing_id' || event['type'] !== 'content_block_delta' || !calls.has(event['index'])) return null
    return [renumbered(event, 'index', form)]
  }
}

function ofResponses(form: Misnumbering): EventChange {
  let changed = 0
  return (event) => {
    if (event['type'] !== 'response.function_call_arguments.delta') return null
    if (form === 'changing_id') return [{ ...event, item_id: `fc_changing${changed++}` }]
    return [renumbered(event, 'output_index', form)]
  }
}

/** A piece without its number, or with that of the next one. */
function renumbered(piece: JsonObject, field: string, form: 'missing' | 'wrong'): JsonObject {
  const { [field]: number, ...rest } = piece
  if (form === 'missing') return rest
  return typeof number === 'number' ? { ...piece, [field]: number + 1 } : piece
}

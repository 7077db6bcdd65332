import { z } from 'zod'
import { jsonObjectSchema } from '../../contract/json.ts'
import type { JsonObject } from '../../contract/json.ts'
import type { BodyChunk } from '../../wire/reply.ts'
import { dataFrame, readServerSentEvents } from '../../wire/sse/server-sent-events.ts'
import { type Frames, frameOf, textOf } from './stream-frames.ts'

/** What can be wrong with the numbers of the pieces of a tool call. */
export const misnumberings = ['missing', 'wrong', 'changing_id'] as const

const chunkSchema = z.looseObject({
  choices: z.tuple([z.looseObject({ delta: z.looseObject({ tool_calls: z.array(jsonObjectSchema).min(1) }) })]),
})

/** A streamed completion whose tool calls are misnumbered; null where it calls no tool. */
export function misnumbered(frames: Frames, form: (typeof misnumberings)[number]): BodyChunk[] | null {
  let changed = 0
  const result = frames.map((frame) => {
    const [event] = readServerSentEvents(textOf(frame.bytes))
    const chunk = chunkSchema.safeParse(event === undefined || event.data === '[DONE]' ? null : JSON.parse(event.data))
    if (!chunk.success) return frame
    const [choice] = chunk.data.choices
    const calls = choice.delta.tool_calls.map((call) => piece(call, form, changed++))
    const anew = { ...chunk.data, choices: [{ ...choice, delta: { ...choice.delta, tool_calls: calls } }] }
    return frameOf(dataFrame(JSON.stringify(anew)), frame.afterMs)
  })
  return changed === 0 ? null : result
}

function piece(call: JsonObject, form: (typeof misnumberings)[number], ordinal: number): JsonObject {
  const { index, ...rest } = call
  if (form === 'missing') return rest
  if (form === 'changing_id') return { ...call, id: `call_changing${ordinal}` }
  // The arguments of one call go to another, which has no name.
  return 'id' in call || typeof index !== 'number' ? call : { ...call, index: index + 1 }
}

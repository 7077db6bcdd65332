import * as fc from 'fast-check'
import { z } from 'zod'
import { type Json, type JsonObject, jsonObjectSchema } from '../../contract/json.ts'
import type { AnyMember } from '../catalogue-member.ts'
import { onJsonBody } from './changed-body.ts'
import { anthropicOnly, responsesOnly } from './spoken-in.ts'
import { type EventChange, withEvents } from './stream-events.ts'
import { onStream } from './stream-frames.ts'
import { wrongReply } from './wrong-reply.ts'

const places = ['last', 'first'] as const

type Place = (typeof places)[number]

const type = 'provider_annotation'
/** A content block of Anthropic's. */
const block: JsonObject = { type, annotation: 'checked' }
/** An item of the output of a response. */
const item: JsonObject = { id: 'pa_68a1c0de', type, status: 'completed', annotation: 'checked' }
const endedSchema = z.object({
  type: z.enum(['response.completed', 'response.incomplete']),
  response: jsonObjectSchema,
})

/** Replies with a part that no client of today knows. */
export const unknownBlockMembers: readonly AnyMember[] = [
  wrongReply({
    id: 'content.unknown_block',
    dialects: [...anthropicOnly, ...responsesOnly],
    summary:
      'a content block, or an item of the output, of a type that nobody knows stands behind the others or before them, whole or streamed: it must be ignored',
    source: 'docs.claude.com, "Versions": new types may be added; openai-node 7 grows new output items in each release',
    parameters: z.strictObject({ place: z.enum(places).default('last').describe('behind the others, or before them') }),
    arbitrary: fc.record({ place: fc.constantFrom(...places) }),
    strike(call, { place }) {
      const isAnthropic = call.upstream.dialect !== 'openai.responses'
      const change = isAnthropic ? amongBlocks : amongItems
      if (call.view.model?.stream === true) return onStream(call, (frames) => withEvents(frames, change(place)))
      return onJsonBody((body) =>
        isAnthropic ? longer(body, 'content', block, place) : longer(body, 'output', item, place),
      )
    },
  }),
]

/** An object whose list has one more element; null where there is no such list. */
function longer(object: JsonObject, field: string, element: Json, place: Place): JsonObject | null {
  const list = object[field]
  if (!Array.isArray(list)) return null
  const others = list as readonly Json[]
  return { ...object, [field]: place === 'first' ? [element, ...others] : [...others, element] }
}

/** The events of a message, between whose blocks one more begins and ends. */
function amongBlocks(place: Place): EventChange {
  let blocks = 0
  const announced = (index: number): readonly JsonObject[] => [
    { type: 'content_block_start', index, content_block: block },
    { type: 'content_block_delta', index, delta: { type: `${type}_delta`, annotation: 'checked' } },
    { type: 'content_block_stop', index },
  ]
  return (event) => {
    if (event['type'] === 'content_block_start') blocks++
    if (place === 'last') return event['type'] === 'message_delta' ? [...announced(blocks), event] : null
    return event['type'] === 'message_start' ? [event, ...announced(0)] : shifted(event, 'index')
  }
}

/** The events of a response, numbered anew, among whose items there is one more; its end tells of it too. */
function amongItems(place: Place): EventChange {
  let [items, events] = [0, 0]
  const announced = (index: number): readonly JsonObject[] => [
    { type: 'response.output_item.added', item: { ...item, status: 'in_progress' }, output_index: index },
    { type: 'response.output_item.done', item, output_index: index },
  ]
  const changed = (event: JsonObject): readonly JsonObject[] => {
    if (event['type'] === 'response.output_item.added') items++
    const ended = endedSchema.safeParse(event)
    if (ended.success) {
      const end = { ...event, response: longer(ended.data.response, 'output', item, place) }
      return place === 'last' ? [...announced(items), end] : [end]
    }
    if (place === 'first' && event['type'] === 'response.in_progress') return [event, ...announced(0)]
    return place === 'first' ? (shifted(event, 'output_index') ?? [event]) : [event]
  }
  return (event) => changed(event).map((one) => ({ ...one, sequence_number: events++ }))
}

/** An event of the blocks or items, which have moved up by one; null for any other. */
function shifted(event: JsonObject, field: string): readonly JsonObject[] | null {
  const number = event[field]
  return typeof number === 'number' ? [{ ...event, [field]: number + 1 }] : null
}

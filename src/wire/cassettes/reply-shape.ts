import type { Json, JsonObject } from '../../contract/json.ts'
import { type ServerSentEvent, readServerSentEvents } from '../sse/server-sent-events.ts'

/**
 * What a reply is made of, without what it says: for each place the kinds of values that stand there; of a stream, the
 * same for each kind of event.
 */
export type ReplyShape = ReadonlyMap<string, ReadonlySet<string>>

/** The shape of a body: of its JSON or of its events. */
export function shapeOf(contentType: string, body: string): ReplyShape {
  const shape = new Map<string, Set<string>>()
  if (contentType.startsWith('text/event-stream')) {
    for (const event of readServerSentEvents(body)) note(shape, eventName(event), parsed(event.data))
  } else note(shape, 'body', parsed(body))
  return shape
}

/** What a live reply has that the recorded one had not, and the other way round, in sentences without a full stop. */
export function shapeChanges(recorded: ReplyShape, live: ReplyShape): readonly string[] {
  const changes: string[] = []
  for (const [place, kinds] of live) {
    const before = recorded.get(place)
    if (before === undefined) changes.push(`${place} is new (${[...kinds].join(' or ')})`)
    else {
      const unknown = [...kinds].filter((kind) => !before.has(kind))
      if (unknown.length > 0) changes.push(`${place} was ${[...before].join(' or ')} and is ${unknown.join(' or ')}`)
    }
  }
  for (const place of recorded.keys()) if (!live.has(place)) changes.push(`${place} is gone`)
  return changes
}

function note(shape: Map<string, Set<string>>, place: string, value: Json): void {
  const kinds = shape.get(place) ?? new Set()
  shape.set(place, kinds.add(kindOf(value)))
  if (typeof value !== 'object' || value === null) return
  if (Array.isArray(value)) for (const item of value as readonly Json[]) note(shape, `${place}[]`, item)
  else for (const [key, inner] of Object.entries(value as JsonObject)) note(shape, `${place}.${key}`, inner)
}

function kindOf(value: Json): string {
  if (value === null) return 'null'
  return Array.isArray(value) ? 'a list' : `${typeof value === 'object' ? 'an object' : `a ${typeof value}`}`
}

/** By the event's own name, or by the type that its data tells; chunks of OpenAI have neither. */
function eventName({ event, data }: ServerSentEvent): string {
  if (data === '[DONE]') return 'event [DONE]'
  const value = parsed(data)
  const type = typeof value === 'object' && value !== null && 'type' in value ? value.type : undefined
  return `event ${event !== '' ? event : typeof type === 'string' ? type : 'without a name'}`
}

function parsed(text: string): Json {
  try {
    return JSON.parse(text) as Json
  } catch {
    return text
  }
}

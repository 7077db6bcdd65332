import { type JsonObject, jsonObjectSchema } from '../../contract/json.ts'
import type { BodyChunk } from '../../wire/reply.ts'
import { dataFrame, readServerSentEvents } from '../../wire/sse/server-sent-events.ts'
import { type Frames, frameOf, textOf } from './stream-frames.ts'

/** What becomes of one event: others in its place, or none of them, or null for the event as it is. */
export type EventChange = (event: JsonObject) => readonly JsonObject[] | null

/** The frames of a stream with some of its events changed; null where no event is. */
export function withEvents(frames: Frames, change: EventChange): readonly BodyChunk[] | null {
  let isChanged = false
  const result = frames.flatMap((frame) => {
    const [read] = readServerSentEvents(textOf(frame.bytes))
    const event = read && parse(read.data)
    const changed = event && change(event)
    if (!changed) return [frame]
    isChanged = true
    // The first comes when the event would have come, and the others with it.
    return changed.map((anew, index) => eventFrame(anew, read.event !== '', index === 0 ? frame.afterMs : 0))
  })
  return isChanged ? result : null
}

/** An event as the dialects write it: of those that name their events, each is called by its type. */
function eventFrame(event: JsonObject, isNamed: boolean, afterMs: number): BodyChunk {
  const data = dataFrame(JSON.stringify(event))
  const { type } = event
  return frameOf(isNamed && typeof type === 'string' ? `event: ${type}\n${data}` : data, afterMs)
}

function parse(data: string): JsonObject | null {
  try {
    return jsonObjectSchema.nullable().catch(null).parse(JSON.parse(data))
  } catch {
    return null
  }
}

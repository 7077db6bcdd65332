import type { ResponseEnd, ToolCall } from '../../contract/event.ts'
import { readFrames } from '../stream/stream-frames.ts'

/**
 * The ids under which a tool call of a reply may go on in the history.
 *
 * Some providers of chat give the pieces of one call an id each. Which of them is that of the call is open: clients keep
 * the first or the last.
 */
export function idsOf({ id }: ToolCall, { body }: ResponseEnd): ReadonlySet<string> {
  const deltas = readFrames(body).before.flatMap(({ toolDeltas }) => toolDeltas)
  const pieces = deltas.filter(({ index }) => index !== null && index >= 0)
  const ofCalls = Map.groupBy(pieces, ({ index }) => index).values()
  const ids = [...ofCalls].map((ofCall) => ofCall.flatMap((piece) => piece.id || []))
  return new Set([id, ...(ids.find((some) => some.includes(id)) ?? [])])
}

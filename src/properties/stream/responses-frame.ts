import { type Fields, type Said, fields, nothingSaid, ordinal, text } from './frame.ts'

const ends: ReadonlySet<string> = new Set(['response.completed', 'response.incomplete'])

/** Reads an event of a streamed response. Its last one tells everything once more; the pieces have said it already. */
export function readResponsesEvent(type: string, { delta, item, output_index: index }: Fields): Said {
  if (ends.has(type)) return { ...nothingSaid, isFinish: true, isEnd: true }
  if (type === 'response.output_text.delta') return { ...nothingSaid, content: text(delta) }
  if (type === 'response.function_call_arguments.delta') {
    return { ...nothingSaid, toolDeltas: [{ index: ordinal(index), name: '', arguments: text(delta) }] }
  }
  const { type: itemType, name, arguments: args } = fields(item)
  if (type !== 'response.output_item.added' || itemType !== 'function_call') return nothingSaid
  return { ...nothingSaid, toolDeltas: [{ index: ordinal(index), name: text(name), arguments: text(args) }] }
}

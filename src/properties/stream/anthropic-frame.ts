import { type Fields, type Said, fields, nothingSaid, ordinal, text } from './frame.ts'

/** Reads an event of a streamed message. The stop reason alone does not make it whole, as to the official client. */
export function readAnthropicEvent(type: string, { index, content_block: block, delta }: Fields): Said {
  if (type === 'message_stop') return { ...nothingSaid, isFinish: true, isEnd: true }
  if (type === 'content_block_start') {
    const begun = fields(block)
    if (begun['type'] !== 'tool_use') return { ...nothingSaid, content: text(begun['text']) }
    return { ...nothingSaid, toolDeltas: [{ index: ordinal(index), name: text(begun['name']), arguments: '' }] }
  }
  if (type !== 'content_block_delta') return nothingSaid
  const { text: words, partial_json: json } = fields(delta)
  if (typeof json !== 'string') return { ...nothingSaid, content: text(words) }
  return { ...nothingSaid, toolDeltas: [{ index: ordinal(index), name: '', arguments: json }] }
}

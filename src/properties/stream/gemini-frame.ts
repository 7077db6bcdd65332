import { type Fields, type Said, type ToolDelta, fields, nothingSaid, text } from './frame.ts'

/** Reads a chunk of Gemini's: its first candidate. A call comes whole in one chunk, so that none is ever half. */
export function readGeminiChunk({ candidates }: Fields): Said {
  const candidate = fields(Array.isArray(candidates) ? candidates[0] : undefined)
  const given: unknown = fields(candidate['content'])['parts']
  const parts = Array.isArray(given) ? given.map(fields) : []
  return {
    ...nothingSaid,
    content: parts.map((part) => text(part['text'])).join(''),
    toolDeltas: parts.flatMap(wholeCall),
    isFinish: text(candidate['finishReason']) !== '',
  }
}

function wholeCall({ functionCall }: Fields): readonly ToolDelta[] {
  if (functionCall === undefined) return []
  const { name, args = {} } = fields(functionCall)
  return [{ index: null, name: text(name), arguments: JSON.stringify(args) }]
}

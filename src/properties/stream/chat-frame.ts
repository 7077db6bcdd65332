import { type Fields, type Said, type ToolDelta, fields, nothingSaid, ordinal, text } from './frame.ts'

/** Reads a chunk of a streamed chat completion: its first choice. */
export function readChatChunk({ choices }: Fields): Said {
  const choice = fields(Array.isArray(choices) ? choices[0] : undefined)
  const delta = fields(choice['delta'])
  const calls: unknown = delta['tool_calls']
  return {
    ...nothingSaid,
    content: text(delta['content']),
    toolDeltas: Array.isArray(calls) ? calls.map(toolDelta) : [],
    isFinish: text(choice['finish_reason']) !== '',
  }
}

function toolDelta(value: unknown): ToolDelta {
  const { index, id, function: called } = fields(value)
  const { name, arguments: args } = fields(called)
  return { index: ordinal(index), id: text(id), name: text(name), arguments: text(args) }
}

import type { ModelReplyView, ToolCall } from '../../contract/event.ts'

type Fields = Readonly<Record<string, unknown>>

/** Reads a message back from its text, for the trace; null where the body is none. */
export function readMessage(body: string): ModelReplyView | null {
  try {
    return viewMessage(JSON.parse(body))
  } catch {
    return null
  }
}

/** Reduces a message to what the trace and the properties need; null where it is none. */
export function viewMessage(message: unknown): ModelReplyView | null {
  if (!isFields(message) || !Array.isArray(message['content'])) return null
  const blocks = message['content'].filter(isFields)
  const stopReason = message['stop_reason']
  return {
    content: textOf(blocks),
    finishReason: typeof stopReason === 'string' ? stopReason : '',
    toolCalls: blocks.flatMap(callOf),
  }
}

/** The texts of the blocks as one; null where no block has text. */
function textOf(blocks: readonly Fields[]): string | null {
  const texts = blocks.flatMap(({ type, text }) => (type === 'text' && typeof text === 'string' ? [text] : []))
  return texts.length === 0 ? null : texts.join('')
}

function callOf({ type, id, name, input }: Fields): ToolCall[] {
  if (type !== 'tool_use') return []
  return [{ id: textOr(id), name: textOr(name), arguments: inputText(input) }]
}

/** An input that is a text is what the model wrote instead of an object. */
export function inputText(input: unknown): string {
  return typeof input === 'string' ? input : (JSON.stringify(input) ?? '')
}

function textOr(value: unknown): string {
  return typeof value === 'string' ? value : ''
}

export function isFields(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null
}

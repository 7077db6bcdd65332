import { ok } from '../chat-replies.ts'
import type { Reply } from '../scripted-server.ts'

/** A message of the Messages API with these blocks. */
export function message(content: readonly object[], stopReason = 'tool_use'): Reply {
  const rest = { id: 'msg_1', type: 'message', role: 'assistant', model: 'm', stop_sequence: null }
  return ok({ ...rest, content, stop_reason: stopReason, usage: { input_tokens: 10, output_tokens: 5 } })
}

/** A Chat Completions reply with the calls exactly as they stand here. */
export function chatCalls(tool_calls: readonly object[]): Reply {
  const choice = { index: 0, finish_reason: 'tool_calls', message: { role: 'assistant', content: null, tool_calls } }
  return ok({ id: 'chatcmpl-1', object: 'chat.completion', created: 1, model: 'm', choices: [choice] })
}

/** A stream of Chat Completions whose chunks have these deltas. */
export function chatStream(deltas: readonly object[], finish: string): Reply {
  const chunks = [...deltas.map((delta) => ({ delta })), { delta: {}, finish_reason: finish }]
  return sse(
    chunks.map((choice) => JSON.stringify({ object: 'chat.completion.chunk', choices: [{ index: 0, ...choice }] })),
  )
}

/** A stream of the Messages API: each block opened, extended and closed. */
export function messageStream(
  blocks: readonly { readonly start: object; readonly deltas: readonly object[] }[],
  stopReason: string,
): Reply {
  const events = blocks.flatMap(({ start, deltas }, index) => [
    { type: 'content_block_start', index, content_block: start },
    ...deltas.map((delta) => ({ type: 'content_block_delta', index, delta })),
    { type: 'content_block_stop', index },
  ])
  const all: { readonly type: string }[] = [
    { type: 'message_start', message: { usage: { input_tokens: 10, output_tokens: 1 } } } as { type: string },
    ...events,
    { type: 'message_delta', delta: { stop_reason: stopReason }, usage: { output_tokens: 5 } } as { type: string },
    { type: 'message_stop' },
  ]
  return sse(
    all.map((event) => JSON.stringify(event)),
    all.map(({ type }) => type),
  )
}

function sse(data: readonly string[], types?: readonly string[]): Reply {
  const frames = data.map((text, index) => `${types ? `event: ${types[index]}\n` : ''}data: ${text}\n\n`)
  return { status: 200, headers: { 'content-type': 'text/event-stream' }, body: frames.join('') }
}

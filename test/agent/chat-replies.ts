import type { Reply } from './scripted-server.ts'

export interface Call {
  readonly id?: string
  readonly name: string
  /** An object, or the arguments as raw text. */
  readonly args: object | string
}

/** A Chat Completions reply with a text. */
export function says(content: string | null, more: { finish?: string; refusal?: string } = {}): Reply {
  return completion({ role: 'assistant', content, refusal: more.refusal ?? null }, more.finish ?? 'stop')
}

/** A Chat Completions reply that asks for tools; ids count from `call_1` unless given. */
export function asks(calls: readonly Call[], finish = 'tool_calls'): Reply {
  const tool_calls = calls.map(({ id, name, args }, index) => ({
    id: id ?? `call_${index + 1}`,
    type: 'function',
    function: { name, arguments: typeof args === 'string' ? args : JSON.stringify(args) },
  }))
  return completion({ role: 'assistant', content: null, refusal: null, tool_calls }, finish)
}

/** An error of the API, or of a tool's back end. */
export function fails(status: number, error: object = {}, headers: Record<string, string> = {}): Reply {
  return {
    status,
    headers,
    body: JSON.stringify({ error: { message: 'no', type: 'x', param: null, code: null, ...error } }),
  }
}

export const overflow: Reply = fails(400, {
  message: "This model's maximum context length is 8192 tokens.",
  type: 'invalid_request_error',
  code: 'context_length_exceeded',
})

export function ok(value: unknown): Reply {
  return { status: 200, body: JSON.stringify(value) }
}

function completion(message: object, finish_reason: string): Reply {
  const choices = [{ index: 0, finish_reason, logprobs: null, message }]
  return ok({ id: 'chatcmpl-1', object: 'chat.completion', created: 1, model: 'm', choices })
}

import type { ModelReplyView, ToolCall } from '../../contract/event.ts'
import type { ReplyView } from '../upstream.ts'
import { codeOfError } from '../openai/errors.ts'

export type Fields = Readonly<Record<string, unknown>>

export function isFields(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null
}

/** The body of a JSON answer, for the trace: a response, a failed one, or none. */
export function readResponse(body: string): ReplyView {
  try {
    const parsed: unknown = JSON.parse(body)
    if (!isFields(parsed)) return { model: null, errorCode: null, decision: null }
    if (parsed['status'] === 'failed') return failedResponse(parsed, null)
    return { model: viewResponse(parsed), errorCode: null, decision: null }
  } catch {
    return { model: null, errorCode: null, decision: null }
  }
}

/** A response of status `failed`: a failure of the service, whatever the status line says. */
export function failedResponse({ error }: Fields, partial: ModelReplyView | null): ReplyView {
  return { model: null, errorCode: codeOfError(error), decision: null, class: 'failure', partial }
}

/** Reduces a response that has ended to what the trace and the properties need; null where it is none. */
export function viewResponse(response: unknown): ModelReplyView | null {
  if (!isFields(response) || !Array.isArray(response['output'])) return null
  const texts: string[] = []
  const toolCalls: ToolCall[] = []
  for (const item of response['output']) {
    if (!isFields(item)) continue
    if (item['type'] === 'function_call') toolCalls.push(callOf(item))
    else if (item['type'] === 'message') texts.push(...textsOf(item['content']))
  }
  const content = texts.length > 0 ? texts.join('') : null
  return { content, finishReason: finishReason(response, toolCalls.length > 0), toolCalls }
}

/** A call as far as the item tells of it. */
export function callOf(item: Fields): ToolCall {
  return { id: textOf(item['call_id']), name: textOf(item['name']), arguments: textOf(item['arguments']) }
}

function textsOf(content: unknown): string[] {
  if (!Array.isArray(content)) return []
  return content.flatMap((part: unknown) =>
    isFields(part) && part['type'] === 'output_text' ? [textOf(part['text'])] : [],
  )
}

/** In the words of the chat dialect, which the trace uses for every dialect. */
function finishReason({ status, incomplete_details: details }: Fields, hasCalls: boolean): string {
  if (status === 'incomplete') {
    const reason = isFields(details) ? textOf(details['reason']) : ''
    return reason === 'max_output_tokens' ? 'length' : reason
  }
  if (status !== 'completed') return ''
  return hasCalls ? 'tool_calls' : 'stop'
}

function textOf(value: unknown): string {
  return typeof value === 'string' ? value : ''
}

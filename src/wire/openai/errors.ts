import { errorInBody } from '../error-in-body.ts'
import { type Reply, jsonReply } from '../reply.ts'

/** The fields of the service's error envelope. */
export interface OpenAiError {
  readonly message: string
  readonly type: string | null
  readonly param: string | null
  readonly code: string | null
}

/** An error reply in the service's envelope: `{"error":{"message","type","param","code"}}`. */
export function openAiError(status: number, error: OpenAiError, headers: Readonly<Record<string, string>> = {}): Reply {
  const { message, type, param, code } = error
  return jsonReply(status, { error: { message, type, param, code } }, headers)
}

/** Reads the code, or else the type, out of an error body; null where there is none. */
export function errorCodeOf(body: string): string | null {
  return codeOfError(errorInBody(body))
}

/** The code of an error object, a number included, or else its type; null where it has neither. */
export function codeOfError(error: unknown): string | null {
  if (typeof error !== 'object' || error === null) return null
  const { code, type } = error as { code?: unknown; type?: unknown }
  if (typeof code === 'string' || typeof code === 'number') return String(code)
  return typeof type === 'string' ? type : null
}

const engineOverloaded = {
  message: 'The engine is currently overloaded, please try again later.',
  type: 'service_unavailable_error',
  param: null,
  code: 'server_is_overloaded',
}

/** 503 `server_is_overloaded`, in the service's words. */
export function overloaded(headers: Readonly<Record<string, string>>): Reply {
  return openAiError(503, engineOverloaded, headers)
}

/** 400 `context_length_exceeded`, in the service's words. */
export function contextLengthExceeded(
  windowTokens: number,
  messageTokens: number,
  completionTokens: number,
  headers: Readonly<Record<string, string>>,
): Reply {
  const requested = messageTokens + completionTokens
  const message =
    completionTokens > 0
      ? `This model's maximum context length is ${windowTokens} tokens. However, you requested ${requested} tokens (${messageTokens} in the messages, ${completionTokens} in the completion). Please reduce the length of the messages or completion.`
      : `This model's maximum context length is ${windowTokens} tokens. However, your messages resulted in ${messageTokens} tokens. Please reduce the length of the messages.`
  return openAiError(
    400,
    { message, type: 'invalid_request_error', param: 'messages', code: 'context_length_exceeded' },
    headers,
  )
}

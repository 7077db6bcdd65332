import type { Json } from '../../contract/json.ts'
import { type Reply, jsonReply } from '../reply.ts'
import { isEventStream } from '../sse/event-stream-reply.ts'
import { readServerSentEvents } from '../sse/server-sent-events.ts'
import { type RpcError, type RpcMessage, asRpcMessage, parseJson, rpcError } from './json-rpc.ts'
import { type AnswerForm, type Asked, requestIn } from './mcp-request.ts'
import { statusOfError } from './protocol.ts'

/** The headers of a stream as the official servers send them. */
const streamHeaders = {
  'content-type': 'text/event-stream',
  'cache-control': 'no-cache, no-transform',
  connection: 'keep-alive',
  'x-accel-buffering': 'no',
}

/** Messages as the answer to one request: several are an array in JSON, and one event each in a stream. */
export function mcpAnswer(
  form: AnswerForm,
  messages: readonly Json[],
  headers: Readonly<Record<string, string>> = {},
): Reply {
  if (form === 'json') return jsonReply(200, messages.length === 1 ? messages[0] : messages, headers)
  return { status: 200, headers: { ...streamHeaders, ...headers }, body: messages.map(messageFrame).join('') }
}

/** A message as one event of a stream. */
export function messageFrame(message: Json): string {
  return `event: message\ndata: ${JSON.stringify(message)}\n\n`
}

/** An error as the answer to a request, with the status that its era gives it. */
export function mcpError(request: Asked, error: RpcError, headers: Readonly<Record<string, string>> = {}): Reply {
  const status = statusOfError(error.code, request.era)
  const message = rpcError(requestIn(request.message)?.id ?? null, error)
  return status === 200 ? mcpAnswer(request.form, [message], headers) : jsonReply(status, message, headers)
}

/** An error below the protocol, which belongs to no request: of the session, or of what HTTP carries. */
export function httpError(status: number, error: RpcError): Reply {
  const { code, message, data } = error
  const told = data === undefined ? { code, message } : { code, message, data }
  return jsonReply(status, { jsonrpc: '2.0', error: told, id: null })
}

/** The messages of a body, in either form; what is no message is left out. */
export function messagesIn({ body, headers }: { body: string; headers: Reply['headers'] }): RpcMessage[] {
  return valuesIn(body, isEventStream({ status: 200, headers, body }))
    .map(asRpcMessage)
    .filter((message) => message !== null)
}

function valuesIn(body: string, isStream: boolean): readonly unknown[] {
  if (isStream) return readServerSentEvents(body).map(({ data }) => parseJson(data))
  const value = parseJson(body)
  return Array.isArray(value) ? value : [value]
}

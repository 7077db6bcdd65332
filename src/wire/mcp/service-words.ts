import type { JsonObject } from '../../contract/json.ts'
import type { Reply } from '../reply.ts'
import { httpError } from './mcp-answer.ts'
import type { McpRequest } from './mcp-request.ts'

/** What a server says of itself. */
export function implementation(name: string): JsonObject {
  return { name, version: '1.0.0' }
}

/** The answer to what cannot be read as a message, and so has no id to answer to. */
export function unreadable({ isJson }: McpRequest): Reply {
  const error = isJson
    ? { code: -32_600, message: 'Invalid Request: expected one JSON-RPC message' }
    : { code: -32_700, message: 'Parse error: Invalid JSON' }
  return httpError(400, error)
}

/** The answer to a method of HTTP that the endpoint does not take. */
export function notAllowed(allow: string): Reply {
  const reply = httpError(405, { code: -32_000, message: 'Method not allowed.' })
  return { ...reply, headers: { ...reply.headers, allow } }
}

import { z } from 'zod'
import { type Json, type JsonObject, jsonObjectSchema, jsonSchema } from '../../contract/json.ts'

/** What ties a reply to its request; the sender of the request chooses it. */
export type RpcId = string | number

/** A message of JSON-RPC 2.0, as far as it concerns whoever stands between client and server. */
export type RpcMessage =
  | { readonly kind: 'request'; readonly id: RpcId; readonly method: string; readonly params: JsonObject }
  | { readonly kind: 'notification'; readonly method: string; readonly params: JsonObject }
  | { readonly kind: 'result'; readonly id: RpcId | null; readonly result: JsonObject }
  | { readonly kind: 'error'; readonly id: RpcId | null; readonly error: RpcError }

/** Why a request was not served. */
export interface RpcError {
  readonly code: number
  readonly message: string
  readonly data?: Json
}

const idSchema = z.union([z.string(), z.number()])
const base = { jsonrpc: z.literal('2.0') }
const paramsSchema = jsonObjectSchema.default({})

const messageSchema: z.ZodType<RpcMessage> = z.union([
  z
    .object({ ...base, id: idSchema, method: z.string(), params: paramsSchema })
    .transform(({ id, method, params }) => ({ kind: 'request' as const, id, method, params })),
  z
    .object({ ...base, id: z.undefined().optional(), method: z.string(), params: paramsSchema })
    .transform(({ method, params }) => ({ kind: 'notification' as const, method, params })),
  z
    .object({ ...base, id: idSchema.nullable().default(null), result: jsonObjectSchema })
    .transform(({ id, result }) => ({ kind: 'result' as const, id, result })),
  z
    .object({
      ...base,
      id: idSchema.nullable().default(null),
      error: z.object({ code: z.number(), message: z.string(), data: jsonSchema.optional() }),
    })
    .transform(({ id, error }) => {
      const { data, ...words } = error
      return { kind: 'error' as const, id, error: data === undefined ? words : { ...words, data } }
    }),
])

/** Reads one message that has been parsed as JSON; null where it is none. */
export function asRpcMessage(value: unknown): RpcMessage | null {
  const parsed = messageSchema.safeParse(value)
  return parsed.success ? parsed.data : null
}

/** A text as JSON; undefined where it is none. */
export function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

/** A message that says what came of a request, in the order of fields that the official servers write. */
export function rpcResult(id: RpcId, result: JsonObject): JsonObject {
  return { result, jsonrpc: '2.0', id }
}

/** A message that says why a request was not served. Servers that could not read its id say null. */
export function rpcError(id: RpcId | null, { code, message, data }: RpcError): JsonObject {
  return { jsonrpc: '2.0', id, error: data === undefined ? { code, message } : { code, message, data } }
}

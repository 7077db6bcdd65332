import { type Reply, jsonReply } from '../reply.ts'
import { type RpcId, asRpcMessage, parseJson } from './json-rpc.ts'

/** A message of a server below HTTP, as faults change it. */
export function pipeReply(text: string): Reply {
  return { ...jsonReply(200, null), body: text }
}

/** The request that a message answers; null for what answers none that can be told. */
export function answeredBy(message: unknown): RpcId | null {
  const read = asRpcMessage(message)
  return read?.kind === 'result' || read?.kind === 'error' ? read.id : null
}

/** What a client is sent of a reply: several messages are a line each; what is no JSON stands as it is. */
export function linesOf(text: string): readonly string[] {
  const value = parseJson(text)
  if (Array.isArray(value)) return value.map((message) => JSON.stringify(message))
  return text.split('\n')
}

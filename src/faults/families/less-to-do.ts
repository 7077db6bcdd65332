import { z } from 'zod'
import type { NetworkRequest } from '../../simulation/network.ts'
import { parseJson } from '../../wire/mcp/json-rpc.ts'
import { isObject } from '../../wire/mcp/protocol.ts'
import type { Answer, Reply } from '../../wire/reply.ts'
import type { Effect } from '../catalogue-member.ts'
import { isPlain } from './value-parts.ts'

/** What whoever did only a part says of it. */
const sayings = ['success', 'error'] as const

export type Saying = (typeof sayings)[number]

export const sayingParameters = z.strictObject({
  says: z.enum(sayings).default('success').describe('what the answer says of it'),
})

/** A value with fewer things to do: the first three in five of a list of two or more, or of the first field that is one. */
export function withLessToDo(value: unknown): unknown {
  const list = shortened(value)
  if (list !== null || !isPlain(value)) return list
  const found = Object.entries(value).find(([, field]) => shortened(field) !== null)
  return found === undefined ? null : { ...value, [found[0]]: shortened(found[1]) }
}

function shortened(list: unknown): readonly unknown[] | null {
  if (!Array.isArray(list) || list.length < 2) return null
  const items: readonly unknown[] = list
  return items.slice(0, Math.min(list.length - 1, Math.ceil(list.length * 0.6)))
}

/** The request with less to do in the JSON of its body; null where that has no list. */
export function bodyWithLessToDo({ body }: NetworkRequest): string | null {
  const less = withLessToDo(parseJson(body))
  return less === null ? null : JSON.stringify(less)
}

/** The call of a tool at an MCP server, with less to do in its arguments. */
export function rpcWithLessToDo({ body }: NetworkRequest): string | null {
  const message = parseJson(body)
  const params = isObject(message) ? message['params'] : undefined
  if (!isObject(message) || !isObject(params)) return null
  const less = withLessToDo(params['arguments'])
  return less === null ? null : JSON.stringify({ ...message, params: { ...params, arguments: less } })
}

/**
 * The upstream gets a request with less to do, and does that.
 *
 * Whoever stands in the way of the bytes and cannot change what is asked leaves the answer alone too.
 */
export function doingLess(body: string | null, says: Saying, failed: (reply: Reply) => Answer): Effect | null {
  if (body === null) return null
  let isShortened = false
  return {
    mayMiss: true,
    receiving(request) {
      isShortened = true
      return { ...request, body }
    },
    afterwards: (reply) => (isShortened && says === 'error' ? failed(reply) : reply),
  }
}

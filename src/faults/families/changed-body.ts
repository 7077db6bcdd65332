import { jsonObjectSchema } from '../../contract/json.ts'
import type { JsonObject } from '../../contract/json.ts'
import type { Reply } from '../../wire/reply.ts'
import type { Effect } from '../catalogue-member.ts'

/** Changes the body of a whole reply that is a success; one in pieces, or an error, is not struck. */
export function onWholeBody(change: (body: string, reply: Reply) => Reply | null): Effect {
  return {
    mayMiss: true,
    afterwards(reply) {
      if (reply.status !== 200 || typeof reply.body !== 'string') return reply
      return change(reply.body, reply) ?? reply
    },
  }
}

/** Changes the JSON object that a whole reply is. */
export function onJsonBody(change: (body: JsonObject) => JsonObject | null): Effect {
  return onWholeBody((text, reply) => {
    const body = parse(text)
    const changed = body && change(body)
    return changed && { ...reply, body: JSON.stringify(changed) }
  })
}

function parse(text: string): JsonObject | null {
  try {
    return jsonObjectSchema.nullable().catch(null).parse(JSON.parse(text))
  } catch {
    return null
  }
}

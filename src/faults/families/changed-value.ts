import { isDeepStrictEqual } from 'node:util'
import { isReturned } from '../../wire/functions/local-answer.ts'
import type { Reply } from '../../wire/reply.ts'
import type { UpstreamContext } from '../../wire/upstream.ts'
import type { Effect } from '../catalogue-member.ts'

/** Makes another value of one; the same, or an equal one, where there is nothing to change. It must not write into it. */
export type ValueChange = (value: unknown, context: UpstreamContext) => unknown

/** Changes what a call was answered with success: the JSON or the text of a back end, or the value of a function. */
export function onValue(change: ValueChange): Effect {
  return {
    mayMiss: true,
    afterwards: (reply, context) => changedReply(reply, (value) => change(value, context)),
    local: {
      afterwards(answer, context) {
        if (!isReturned(answer)) return answer
        const value = change(answer.value, context)
        return isDeepStrictEqual(value, answer.value) ? answer : { ...answer, value }
      },
    },
  }
}

function changedReply(reply: Reply, change: (value: unknown) => unknown): Reply {
  if (reply.status >= 400 || typeof reply.body !== 'string') return reply
  const said = valueOf(reply.body)
  const value = change(said)
  if (isDeepStrictEqual(value, said)) return reply
  if (value instanceof Uint8Array) return { ...reply, body: [{ afterMs: 0, bytes: value }] }
  return { ...reply, body: typeof said === 'string' && typeof value === 'string' ? value : jsonText(value) }
}

/** What a body says: its JSON, or else its text. */
export function valueOf(body: string): unknown {
  try {
    return JSON.parse(body)
  } catch {
    return body
  }
}

function jsonText(value: unknown): string {
  return value === undefined ? '' : JSON.stringify(value)
}

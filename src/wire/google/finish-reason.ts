import type { JsonObject } from '../../contract/json.ts'
import { jsonObjectSchema } from '../../contract/json.ts'
import type { ScriptedReply } from '../model-script.ts'

/** Why the service says that the model stopped, of the reasons that a script can cause. */
export type FinishReason = 'STOP' | 'MAX_TOKENS' | 'SAFETY' | 'MALFORMED_FUNCTION_CALL'

/** A function call that the service can send. */
export interface SaidCall {
  readonly id: string | undefined
  readonly name: string
  readonly args: JsonObject
}

/** What of a reply is said, and why no more. */
export interface Said {
  /** Null where there is no text at all, which an empty one is not. */
  readonly text: string | null
  readonly calls: readonly SaidCall[]
  readonly finishReason: FinishReason
}

const reasons = {
  stop: 'STOP',
  length: 'MAX_TOKENS',
  tool_calls: 'STOP',
  content_filter: 'SAFETY',
} as const satisfies Record<NonNullable<ScriptedReply['finishReason']>, FinishReason>

/**
 * How the service ends a reply.
 *
 * Function calls end with `STOP` like texts. Arguments travel as an object: a call whose arguments are none is not sent,
 * and the reply has nothing but the reason, which is that the tokens ran out or that the call was malformed. There is no
 * field for a refusal: a model that declines says so in its text.
 * Source: ai.google.dev/api/generate-content (`FinishReason`); the malformed call as captured in vercel/ai PR #5039.
 */
export function saidOf({ content, toolCalls = [], refusal, finishReason = 'stop' }: ScriptedReply): Said {
  const calls: SaidCall[] = []
  for (const { id, name, arguments: args } of toolCalls) {
    const object = typeof args === 'string' ? objectIn(args) : args
    if (object === null) {
      return {
        text: null,
        calls: [],
        finishReason: finishReason === 'length' ? 'MAX_TOKENS' : 'MALFORMED_FUNCTION_CALL',
      }
    }
    calls.push({ id, name, args: object })
  }
  return { text: content ?? refusal ?? null, calls, finishReason: reasons[finishReason] }
}

function objectIn(text: string): JsonObject | null {
  try {
    return jsonObjectSchema.nullable().catch(null).parse(JSON.parse(text))
  } catch {
    return null
  }
}

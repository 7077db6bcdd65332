import type { ModelReplyView } from '../../contract/event.ts'
import type { UpstreamCall } from '../../wire/interference.ts'
import type { ScriptedReply } from '../../wire/model-script.ts'
import type { Effect } from '../catalogue-member.ts'

/** What a model says in place of what it said; null where there is nothing to change. */
export type SayingAnew = (said: ModelReplyView) => ScriptedReply | null

/**
 * Lets the model of an endpoint say something else than it did, in the endpoint's dialect, whole or streamed.
 *
 * The model has answered: a script goes on behind it. A reply that is none of a model's, an error say, stays as it is.
 */
export function sayingAnew({ upstream, view }: UpstreamCall, change: SayingAnew): Effect | null {
  const compose = upstream.compose?.bind(upstream)
  if (compose === undefined) return null
  return {
    mayMiss: true,
    afterwards(reply, context) {
      const said = upstream.describe(reply).model
      const anew = said && change(said)
      return anew ? compose(anew, view, context) : reply
    },
  }
}

/** A reply as a script would write it, identifiers included. */
export function asScripted({ content, toolCalls }: ModelReplyView): ScriptedReply {
  return { content, ...(toolCalls.length > 0 && { toolCalls }) }
}

/** The first half of a text. */
export function firstHalf(text: string): string {
  return text.slice(0, Math.floor(text.length / 2))
}

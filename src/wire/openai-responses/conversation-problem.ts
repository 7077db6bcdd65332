import { type RequestProblem, missingInput } from './request-problem.ts'
import { pairingProblem } from './response-history.ts'
import type { ResponsesRequest } from './response-request.ts'
import type { Conversation } from './stored-responses.ts'

/** A problem with its status: the service does not find items, and finds everything else at fault. */
export interface RefusedConversation extends RequestProblem {
  readonly status: 400 | 404
}

/**
 * What the service finds wrong with what a request says and continues; null where it is right.
 *
 * Source of the words: error bodies in public issue threads (maximhq/bifrost#2441 for the response that is not found,
 * can1357/oh-my-pi#41 for the item).
 */
export function conversationProblem(request: ResponsesRequest, conversation: Conversation): RefusedConversation | null {
  const { items, missing } = conversation
  if (missing?.kind === 'response') {
    const message = `Previous response with id '${missing.id}' not found.`
    return { status: 400, message, param: 'previous_response_id', code: 'previous_response_not_found' }
  }
  if (request.input.length === 0 && typeof request.previous_response_id !== 'string') {
    return { status: 400, ...missingInput() }
  }
  if (missing !== null) return { status: 404, ...itemNotFound(missing.id, request.store !== false) }
  const problem = pairingProblem(items)
  return problem === null ? null : { status: 400, ...problem }
}

function itemNotFound(id: string, isStored: boolean): RequestProblem {
  const hint = isStored
    ? ''
    : ' Items are not persisted when `store` is set to false. Try again with `store` set to true, or remove this item from your input.'
  return { message: `Item with id '${id}' not found.${hint}`, param: 'input', code: null }
}

/**
 * `context_length_exceeded` as this endpoint puts it.
 *
 * Source of the words: error bodies in public issue threads (anomalyco/opencode#6071, dyad-sh/dyad#1672).
 */
export const contextExceeded: RequestProblem = {
  message: 'Your input exceeds the context window of this model. Please adjust your input and try again.',
  param: 'input',
  code: 'context_length_exceeded',
}

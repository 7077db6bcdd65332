import type { OutcomeClass } from '../../contract/outcome-class.ts'
import { classifyStatus } from '../outcome-class.ts'
import { type Reply, bodyText } from '../reply.ts'
import { type ReplyView, type RequestView, opaqueReply } from '../upstream.ts'
import type { RpcMessage } from './json-rpc.ts'
import { messagesIn } from './mcp-answer.ts'
import { McpRequest, requestIn } from './mcp-request.ts'

/** Errors of the service itself: internal ones, and those that servers make of their own limits. */
const serviceErrors: readonly number[] = [-32_603, -32_000]

/**
 * What an answer meant: an error of the protocol is told by its code, whatever the status.
 *
 * A tool that could not do it (`isError`) has answered all the same, and the service is none the worse: a success, as
 * the protocol counts it. An answer under the id of another request is none.
 */
export function describeMcpReply(reply: Reply, view?: RequestView): ReplyView {
  const body = bodyText(reply)
  const told = messagesIn({ body, headers: reply.headers }).findLast((message) => isAnswerTo(message, view))
  if (told?.kind === 'error') {
    const { code } = told.error
    return { ...opaqueReply, errorCode: String(code), class: classOf(reply.status, code) }
  }
  if (told?.kind === 'result') return told.result['isError'] === true ? failedTool : opaqueReply
  return reply.status === 200 && body !== '' ? indeterminate : opaqueReply
}

const failedTool: ReplyView = { ...opaqueReply, errorCode: 'tool_error' }
/** There is a body, and no answer in it: the work may have been done. */
const indeterminate: ReplyView = { ...opaqueReply, class: 'indeterminate' }

/** A server that could not read the id says null. */
function isAnswerTo(message: RpcMessage, view: RequestView | undefined): boolean {
  if (message.kind !== 'result' && message.kind !== 'error') return false
  const asked = view?.parsed instanceof McpRequest ? requestIn(view.parsed.message) : null
  return asked === null || message.id === asked.id || (message.kind === 'error' && message.id === null)
}

function classOf(status: number, code: number): OutcomeClass {
  if (status >= 400) return classifyStatus(status)
  return serviceErrors.includes(code) ? 'failure' : 'neutral'
}

import type { OutcomeClass } from '../../contract/outcome-class.ts'
import { classifyStatus } from '../outcome-class.ts'
import { type Reply, bodyText } from '../reply.ts'
import { type ReplyView, opaqueReply } from '../upstream.ts'
import type { RpcMessage } from './json-rpc.ts'
import { messagesIn } from './mcp-answer.ts'

/** Errors of the service itself: internal ones, and those that servers make of their own limits. */
const serviceErrors: readonly number[] = [-32_603, -32_000]

/**
 * What an answer meant: an error of the protocol is told by its code, whatever the status.
 *
 * A tool that could not do it (`isError`) has answered all the same, and the service is none the worse: a success, as
 * the protocol counts it.
 */
export function describeMcpReply(reply: Reply): ReplyView {
  const told = messagesIn({ body: bodyText(reply), headers: reply.headers }).findLast(isReply)
  if (told === undefined) return reply.status === 200 && isBroken(reply) ? indeterminate : opaqueReply
  if (told.kind === 'result')
    return told.result['isError'] === true ? { ...opaqueReply, errorCode: 'tool_error' } : opaqueReply
  return { ...opaqueReply, errorCode: String(told.error.code), class: classOf(reply.status, told.error.code) }
}

const indeterminate: ReplyView = { ...opaqueReply, class: 'indeterminate' }

function isReply(message: RpcMessage): message is RpcMessage & { kind: 'result' | 'error' } {
  return message.kind === 'result' || message.kind === 'error'
}

/** A body that is there and holds no answer: the work may have been done. */
function isBroken(reply: Reply): boolean {
  return bodyText(reply) !== ''
}

function classOf(status: number, code: number): OutcomeClass {
  if (status >= 400) return classifyStatus(status)
  return serviceErrors.includes(code) ? 'failure' : 'neutral'
}

import type { Json, JsonObject } from '../../contract/json.ts'
import { asRpcMessage, parseJson } from '../../wire/mcp/json-rpc.ts'
import { isObject } from '../../wire/mcp/protocol.ts'
import type { Reply } from '../../wire/reply.ts'
import { isEventStream } from '../../wire/sse/event-stream-reply.ts'
import { readServerSentEvents } from '../../wire/sse/server-sent-events.ts'
import type { Effect } from '../catalogue-member.ts'

/** What becomes of a message: the texts that are sent in its place, or null for no change. */
type Change = (message: JsonObject) => readonly string[] | null

type ResultChange = (result: JsonObject) => JsonObject | null

/** Changes the message that answers the request, wherever in the reply it stands. */
export function onAnswer(change: Change): Effect {
  return { mayMiss: true, afterwards: (reply) => changedReply(reply, change) }
}

/** Changes the result that answers the request; an error is left alone. */
export function onResult(change: ResultChange): Effect {
  return onAnswer(ofResult(change))
}

/** The reply with another result; itself where there is none, or nothing to change. */
export function withResult(reply: Reply, change: ResultChange): Reply {
  return changedReply(reply, ofResult(change))
}

function ofResult(change: ResultChange): Change {
  return (message) => {
    const { result } = message
    const changed = isObject(result) ? change(result) : null
    return changed && [JSON.stringify({ ...message, result: changed })]
  }
}

/** The reply itself where there was nothing to change. */
function changedReply(reply: Reply, change: Change): Reply {
  const { body } = reply
  const changeText = isEventStream(reply) ? changedEvents : changedJson
  if (typeof body === 'string') {
    const changed = changeText(body, change)
    return changed === body ? reply : { ...reply, body: changed }
  }
  const texts = body.map(({ bytes }) => Buffer.from(bytes).toString())
  const changed = texts.map((text) => changeText(text, change))
  if (changed.every((text, index) => text === texts[index])) return reply
  return { ...reply, body: body.map((piece, index) => ({ ...piece, bytes: Buffer.from(changed[index] ?? '') })) }
}

function changedJson(text: string, change: Change): string {
  const messages = changedMessage(text, change)
  if (messages === null) return text
  return messages.length === 1 ? (messages[0] ?? '') : `[${messages.join()}]`
}

/** Each event that carries an answer, one event for each text in its place; the others as they came. */
function changedEvents(text: string, change: Change): string {
  return text
    .split(/(?<=\n\r?\n)/)
    .map((frame) => changedEvent(frame, change))
    .join('')
}

function changedEvent(frame: string, change: Change): string {
  const [event] = readServerSentEvents(frame)
  const messages = event === undefined ? null : changedMessage(event.data, change)
  if (messages === null) return frame
  const others = frame.split(/\r?\n/).filter((line) => line !== '' && !line.startsWith('data:'))
  return messages.map((message) => [...others, ...dataLines(message), '', ''].join('\n')).join('')
}

function dataLines(message: string): string[] {
  return message.split('\n').map((line) => `data: ${line}`)
}

function changedMessage(text: string, change: Change): readonly string[] | null {
  const value = parseJson(text) as Json | undefined
  const message = asRpcMessage(value)
  if (!isObject(value) || (message?.kind !== 'result' && message?.kind !== 'error')) return null
  return change(value)
}

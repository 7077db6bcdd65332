import * as fc from 'fast-check'
import { z } from 'zod'
import { anyFunction } from '../../wire/seam.ts'
import { type AnyMember, type Effect, defineMember } from '../catalogue-member.ts'
import { onValue } from './changed-value.ts'
import { isPlain } from './value-parts.ts'

const common = {
  family: 'memory failures',
  targets: ['store'],
  seams: anyFunction,
  bookedOn: 'agent',
  parameters: z.strictObject({}),
  arbitrary: fc.constant({}),
} as const

const source = 'agent-chaos, flakestorm: faults of history and memory'

/** What a store of messages gives back, where it is a list of them or an object that holds one; no other is struck. */
export const historyFailureMembers: readonly AnyMember[] = [
  defineMember({
    ...common,
    id: 'history.truncated',
    summary: 'the history comes back without its older half',
    source,
    strike: () => onMessages((messages) => messages.slice(Math.floor(messages.length / 2))),
  }),
  defineMember({
    ...common,
    id: 'history.duplicated',
    summary: 'one message of the history comes back twice',
    source,
    strike: (_call, _none, draw) =>
      onMessages((messages) => {
        const place = Math.floor(draw('message') * messages.length)
        return messages.flatMap((message, index) => (index === place ? [message, message] : [message]))
      }),
  }),
  defineMember({
    ...common,
    id: 'history.reordered',
    summary: 'two messages of the history that follow each other come back the other way round',
    source,
    strike: (_call, _none, draw) =>
      onMessages((messages) => {
        const place = Math.floor(draw('message') * (messages.length - 1))
        return [
          ...messages.slice(0, place),
          ...messages.slice(place, place + 2).toReversed(),
          ...messages.slice(place + 2),
        ]
      }),
  }),
  defineMember({
    ...common,
    id: 'history.system_prompt_lost',
    summary: 'the history comes back without its system prompt',
    source,
    strike: () => onMessages((messages) => messages.filter((message) => !isSystemPrompt(message)), withoutSystem),
  }),
  defineMember({
    ...common,
    id: 'history.tool_result_dropped',
    summary: 'the history comes back without the last tool result: the provider refuses what remains',
    source: 'compactions that cut between a call and its result: anthropics/claude-code#1894, block/goose#2951',
    strike: () => onMessages(withoutLastResult),
  }),
]

type Messages = readonly unknown[]

/** Changes a list of messages, or the one that an object holds as `messages`, `history`, `input` or `items`. */
function onMessages(
  change: (messages: Messages) => Messages,
  around: (value: Readonly<Record<string, unknown>>) => unknown = (value) => value,
): Effect {
  return onValue((value) => {
    if (Array.isArray(value)) return change(value)
    if (!isPlain(value)) return value
    const name = ['messages', 'history', 'input', 'items'].find((field) => Array.isArray(value[field]))
    return name === undefined ? value : around({ ...value, [name]: change(value[name] as Messages) })
  })
}

function isSystemPrompt(message: unknown): boolean {
  return isPlain(message) && (message['role'] === 'system' || message['role'] === 'developer')
}

/** Anthropic's system prompt stands beside the messages, and that of OpenAI's Responses is called instructions. */
function withoutSystem({ system: _, instructions: __, ...rest }: Readonly<Record<string, unknown>>): unknown {
  return rest
}

function withoutLastResult(messages: Messages): Messages {
  const place = messages.findLastIndex(holdsResult)
  const message = messages[place]
  if (!isPlain(message)) return messages
  const content = Array.isArray(message['content']) ? message['content'].filter((block) => !isResult(block)) : []
  const instead = isResult(message) || content.length === 0 ? [] : [{ ...message, content }]
  return messages.toSpliced(place, 1, ...instead)
}

function holdsResult(message: unknown): boolean {
  if (isResult(message)) return true
  return isPlain(message) && Array.isArray(message['content']) && message['content'].some(isResult)
}

/** A tool result in the words of OpenAI's chat, of its Responses, of Anthropic or of the Vercel AI SDK. */
function isResult(part: unknown): boolean {
  if (!isPlain(part)) return false
  const { type, role, content } = part
  if (role === 'tool') return !(Array.isArray(content) && content.some(isResult))
  return type === 'function_call_output' || type === 'tool_result' || type === 'tool-result'
}

import type { ModelRequestView, ToolCall } from '../../contract/event.ts'
import type { TurnMessage } from '../model-script.ts'
import { textTokens } from '../openai/tokenizer.ts'
import type { Content, GenerateContentRequest, Part } from './generate-content-request.ts'

/** A part of a conversation with the identifier of the call that it makes or answers. */
interface Identified {
  readonly part: Part
  readonly id: string
}

/** Reduces a request to what the trace and the properties need. */
export function viewRequest(request: GenerateContentRequest, model: string, stream: boolean): ModelRequestView {
  const messages = turnMessages(request)
  return {
    model,
    offeredTools: request.tools.flatMap(({ functionDeclarations }) => functionDeclarations.map(({ name }) => name)),
    toolCalls: messages.flatMap(({ toolCalls }) => toolCalls),
    toolResults: messages.flatMap(({ toolCallId, text }) =>
      toolCallId === null ? [] : [{ callId: toolCallId, content: text }],
    ),
    inputTokens: inputTokens(request, messages),
    maxOutputTokens: request.generationConfig?.maxOutputTokens ?? null,
    stream,
    messages: request.contents.length,
  }
}

/**
 * The conversation as a scripted model reads it, in the form that it has in every dialect: the system instruction is its
 * first message, and each function response a message of the role `tool`.
 */
export function turnMessages({ systemInstruction, contents }: GenerateContentRequest): TurnMessage[] {
  const prompt = systemInstruction === undefined ? [] : [message('system', textOf(systemInstruction))]
  const identified = identify(contents)
  return [...prompt, ...contents.flatMap((content, index) => messagesOf(content, identified[index] ?? []))]
}

function messagesOf(content: Content, parts: readonly Identified[]): TurnMessage[] {
  const results = parts.flatMap(({ part: { functionResponse: result }, id }) =>
    result === undefined ? [] : [{ ...message('tool', JSON.stringify(result.response ?? {})), toolCallId: id }],
  )
  const text = textOf(content)
  if (results.length > 0 && text === '') return results
  const toolCalls = parts.flatMap(({ part: { functionCall: call }, id }): ToolCall[] =>
    call === undefined ? [] : [{ id, name: call.name, arguments: JSON.stringify(call.args ?? {}) }],
  )
  return [...results, { ...message(content.role === 'model' ? 'assistant' : 'user', text), toolCalls }]
}

function message(role: TurnMessage['role'], text: string): TurnMessage {
  return { role, text, toolCalls: [], toolCallId: null }
}

/**
 * Gives every call and response an identifier.
 *
 * The service's own are optional: without them a response belongs to the first call of its name in the turn before that
 * has none yet.
 */
function identify(contents: readonly Content[]): readonly (readonly Identified[])[] {
  let calls = 0
  let open: { id: string; name: string }[] = []
  return contents.map(({ parts }) => {
    const made: typeof open = []
    const identified = parts.map((part): Identified => {
      const { functionCall: call, functionResponse: result } = part
      if (call !== undefined) {
        const id = call.id ?? callIdentifier(call.name, calls++)
        made.push({ id, name: call.name })
        return { part, id }
      }
      if (result === undefined) return { part, id: '' }
      const at = open.findIndex(({ id, name }) => (result.id === undefined ? name === result.name : id === result.id))
      const [answered] = at < 0 ? [] : open.splice(at, 1)
      return { part, id: answered?.id ?? result.id ?? result.name }
    })
    if (made.length > 0) open = made
    return identified
  })
}

/** What a call without an identifier is known by. */
function callIdentifier(name: string, ordinal: number): string {
  return `${name}#${ordinal}`
}

function textOf({ parts }: Content): string {
  return parts.map(({ text }) => text ?? '').join('')
}

/**
 * Counted as in OpenAI's chat dialect, so that one conversation has one size: the service's own tokenizer is not public.
 */
function inputTokens({ tools }: GenerateContentRequest, messages: readonly TurnMessage[]): number {
  let tokens = 3
  for (const { text, toolCalls } of messages) {
    tokens += 3 + 1 + textTokens(text)
    for (const { name, arguments: args } of toolCalls) tokens += 3 + textTokens(name) + textTokens(args)
  }
  return tools.length > 0 ? tokens + textTokens(JSON.stringify(tools)) : tokens
}

/**
 * What the service finds wrong with the pairing of function calls and responses; null where it is right.
 *
 * Source of the words: error bodies in public issue threads of google/generative-ai-js and langchain.
 */
export function pairingProblem(contents: readonly Content[]): string | null {
  for (const [index, { parts }] of contents.entries()) {
    const calls = count(parts, 'functionCall')
    const responses = count(contents[index + 1]?.parts ?? [], 'functionResponse')
    const isBegun = index === 0 && count(parts, 'functionResponse') > 0
    if (isBegun) return turnWords
    if (responses > 0 && calls === 0) return turnWords
    if (calls > 0 && calls !== responses) return countWords
  }
  return null
}

const turnWords = 'Please ensure that function response turn comes immediately after a function call turn.'
export const countWords =
  'Please ensure that the number of function response parts is equal to the number of function call parts of the function call turn.'

function count(parts: readonly Part[], kind: 'functionCall' | 'functionResponse'): number {
  return parts.filter((part) => part[kind] !== undefined).length
}

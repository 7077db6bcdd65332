import type { ScriptedReply } from '../model-script.ts'
import { identifier } from '../openai/identifiers.ts'
import { textTokens } from '../openai/tokenizer.ts'
import { responseIdentifier } from './response-identifiers.ts'

/** A part of what a model says. */
export type OutputPart =
  | {
      readonly type: 'output_text'
      readonly annotations: readonly []
      readonly logprobs: readonly []
      readonly text: string
    }
  | { readonly type: 'refusal'; readonly refusal: string }

type ItemStatus = 'completed' | 'incomplete'

/** An item that a model puts out. */
export type OutputItem =
  | {
      readonly id: string
      readonly type: 'message'
      readonly status: ItemStatus
      readonly content: readonly OutputPart[]
      readonly role: 'assistant'
    }
  | {
      readonly id: string
      readonly type: 'function_call'
      readonly status: ItemStatus
      readonly arguments: string
      readonly call_id: string
      readonly name: string
    }

/** What the identifiers of a response are made of. */
export interface ItemKey {
  /** Unix seconds. */
  readonly createdAt: number
  /** Unique in the trial, the same in every run. */
  readonly key: readonly (string | number)[]
}

/**
 * A scripted reply as the items of a response: a message where there is a text or a refusal, then the calls.
 *
 * Where the reply was cut short, so was its last item.
 * Source of the shape: openai-node 7 (`ResponseOutputMessage`, `ResponseFunctionToolCall`); the order of keys as in the
 * recorded responses of vercel/ai (`packages/openai/src/responses/__fixtures__`).
 */
export function outputItems(reply: ScriptedReply, isCut: boolean, { createdAt, key }: ItemKey): OutputItem[] {
  const name = key.join(' ')
  const parts = outputParts(reply)
  const calls = reply.toolCalls ?? []
  const count = (parts.length > 0 ? 1 : 0) + calls.length
  const items: OutputItem[] = []
  const status = (): ItemStatus => (isCut && items.length === count - 1 ? 'incomplete' : 'completed')
  if (parts.length > 0) {
    const id = responseIdentifier('msg_', createdAt, name, 0)
    items.push({ id, type: 'message', status: status(), content: parts, role: 'assistant' })
  }
  for (const [index, call] of calls.entries()) {
    items.push({
      id: responseIdentifier('fc_', createdAt, name, items.length),
      type: 'function_call',
      status: status(),
      arguments: typeof call.arguments === 'string' ? call.arguments : JSON.stringify(call.arguments),
      call_id: call.id ?? identifier('call_', 24, ...key, index),
      name: call.name,
    })
  }
  return items
}

function outputParts({ content, refusal }: ScriptedReply): OutputPart[] {
  const parts: OutputPart[] = []
  if (typeof content === 'string') parts.push({ type: 'output_text', annotations: [], logprobs: [], text: content })
  if (refusal !== undefined) parts.push({ type: 'refusal', refusal })
  return parts
}

/** Tokens of what a model puts out, counted as in the chat dialect. */
export function outputTokens(items: readonly OutputItem[]): number {
  let tokens = 0
  for (const item of items) {
    if (item.type === 'function_call') tokens += 3 + textTokens(item.name) + textTokens(item.arguments)
    else for (const part of item.content) tokens += textTokens(part.type === 'refusal' ? part.refusal : part.text)
  }
  return tokens
}

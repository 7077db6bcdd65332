import type { ModelReplyView } from '../../contract/event.ts'
import { type Prices, type TokenUse, costOf } from '../../objectives/indicators/prices.ts'
import { textTokens } from '../../wire/openai/tokenizer.ts'
import { replyUsage } from '../../wire/reply-usage.ts'
import type { RecordedCall } from './task-record.ts'

/** Tokens of all model calls of a task, and what they cost. */
export interface TaskTokens extends TokenUse {
  /** In millionths of a millionth of the currency; null where it is not known. */
  readonly cost: bigint | null
  /** Why it is not known; null where it is. */
  readonly unknown: string | null
}

/**
 * Adds up the tokens of a task: what replies say of their usage, and what the tokenizer counts where they say nothing.
 *
 * Calls that were answered with an error are not billed. One that was sent and not answered whole counts with its whole
 * input and with what came of the reply, because a provider may bill it.
 */
export function tokensOf(calls: readonly RecordedCall[], prices: Prices | null): TaskTokens {
  let [input, cachedInput, output, cost] = [0, 0, 0, 0n]
  let unpriced: string | null = null
  for (const call of calls) {
    const use = useOf(call)
    if (use === null) continue
    input += use.input
    cachedInput += use.cachedInput
    output += use.output
    const price = prices && costOf(prices, call.sent.model?.model ?? '', use)
    if (price === null) unpriced ??= call.sent.model?.model ?? ''
    else cost += price
  }
  if (prices === null) return { input, cachedInput, output, cost: null, unknown: 'no prices' }
  if (unpriced !== null) return { input, cachedInput, output, cost: null, unknown: `no price for ${named(unpriced)}` }
  return { input, cachedInput, output, cost, unknown: null }
}

/** Null for a call that costs nothing. */
function useOf({ sent, end }: RecordedCall): TokenUse | null {
  if (end !== null && (end.class === 'failure' || end.class === 'neutral') && !hasBegun(end)) return null
  const told = end?.type === 'response.end' ? replyUsage(end.body) : null
  if (told !== null) return told
  const said = end === null ? null : ((end.type === 'response.end' ? end.model : null) ?? end.partial)
  return { input: sent.model?.inputTokens ?? 0, cachedInput: 0, output: said === null ? 0 : outputTokens(said) }
}

/** A call that the agent gave up after a part of the reply is the caller's own doing, and was worked on all the same. */
function hasBegun(end: NonNullable<RecordedCall['end']>): boolean {
  return end.type === 'request.aborted' || end.partial !== null
}

function outputTokens({ content, toolCalls }: ModelReplyView): number {
  const asked = toolCalls.map(({ name, arguments: text }) => textTokens(name) + textTokens(text))
  return asked.reduce((sum, tokens) => sum + tokens, textTokens(content ?? ''))
}

/** A name is the agent's own text, and a table of counts is no place for a long one. */
function named(model: string): string {
  return JSON.stringify(model.slice(0, 60))
}

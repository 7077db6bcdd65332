import type { Json, JsonObject, ModelTurn } from 'shakedown'
import { z } from 'zod'
import { orderSchema } from './support-orders.ts'
import type { Order } from './support-orders.ts'

/** One tool call of the conversation with what came of it. */
export interface Attempt {
  readonly tool: string
  readonly arguments: JsonObject
  /** The tool's answer, or the program's words where there was none. */
  readonly result: string
}

/** A conversation as a clerk would read it. */
export interface Conversation {
  readonly today: string
  /** The customer's words. */
  readonly request: string
  /** The orders that the customer names, in order. */
  readonly orderIds: readonly string[]
  readonly attempts: readonly Attempt[]
}

/** Reads the messages of a model request. */
export function readConversation({ messages }: ModelTurn): Conversation {
  const instructions = messages.find(({ role }) => role === 'system')?.text ?? ''
  const request = messages.find(({ role }) => role === 'user')?.text ?? ''
  const results = new Map(messages.map(({ toolCallId, text }) => [toolCallId, text]))
  return {
    today: /\d{4}-\d\d-\d\d/.exec(instructions)?.[0] ?? '',
    request,
    orderIds: [...new Set(request.match(/\b[A-Z]-\d{4}\b/g))],
    attempts: messages
      .flatMap(({ toolCalls }) => toolCalls)
      .map((call) => ({
        tool: call.name,
        arguments: asObject(parseJson(call.arguments)),
        result: results.get(call.id) ?? '',
      })),
  }
}

/** The attempts at one tool for one order. */
export function attemptsAt({ attempts }: Conversation, tool: string, orderId: string): readonly Attempt[] {
  return attempts.filter((attempt) => attempt.tool === tool && attempt.arguments['order_id'] === orderId)
}

/** An order that a look-up has brought in readable form; null where none has. */
export function knownOrder(conversation: Conversation, orderId: string): Order | null {
  for (const { result } of attemptsAt(conversation, 'lookup_order', orderId)) {
    const parsed = orderSchema.safeParse(parseJson(result))
    if (parsed.success && parsed.data.order_id === orderId) return parsed.data
  }
  return null
}

/** A tool's JSON answer as the schema has it; null where the tool failed or said something else. */
export function readResult<Schema extends z.ZodType>(schema: Schema, { result }: Attempt): z.output<Schema> | null {
  const parsed = schema.safeParse(parseJson(result))
  return parsed.success ? parsed.data : null
}

function parseJson(text: string): Json | undefined {
  try {
    return z.json().parse(JSON.parse(text))
  } catch {
    return undefined
  }
}

function asObject(value: Json | undefined): JsonObject {
  const parsed = z.record(z.string(), z.json()).safeParse(value)
  return parsed.success ? parsed.data : {}
}

import { jsonObjectSchema } from '../../contract/json.ts'
import { type Reply, bodyText } from '../../wire/reply.ts'
import { isPlain } from './value-parts.ts'

/** The field that carries the text; free text is what back ends put under such a name. */
const field = 'remarks'

/**
 * An answer with a text added to it: in a field of its own where the answer is a JSON object, else after its end.
 *
 * A client that parses its answers would refuse a JSON object with text after it, and the text would reach nobody.
 */
export function withText(reply: Reply, text: string): Reply {
  const body = bodyText(reply)
  const answer = parseObject(body)
  return { ...reply, body: answer === null ? `${body}\n${text}` : JSON.stringify({ ...answer, [field]: text }) }
}

/** A value of a function with a text added to it; one that can hold none is left alone. */
export function valueWithText(value: unknown, text: string): unknown {
  if (typeof value === 'string') return `${value}\n${text}`
  if (Array.isArray(value)) return [...(value as readonly unknown[]), text]
  return isPlain(value) ? { ...value, [field]: text } : value
}

function parseObject(body: string) {
  try {
    return jsonObjectSchema.nullable().catch(null).parse(JSON.parse(body))
  } catch {
    return null
  }
}

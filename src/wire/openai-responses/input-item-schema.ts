import { z } from 'zod'
import type { InputItem } from './response-items.ts'

type Fields = Readonly<Record<string, unknown>>
type Path = readonly (string | number)[]

/** What is wrong with an item: where, and what the service would have taken there. */
interface ItemProblem {
  readonly path: Path
  /** The types it takes, as the service names them; absent: another value of the right type is wanted. */
  readonly expected?: string
  /** The values it takes. */
  readonly supported?: readonly string[]
}

const roles = ['assistant', 'system', 'developer', 'user']
const partsOfAssistants = ['output_text', 'refusal']
/** In the order in which the service names them. */
const parts = [
  'input_text',
  'input_image',
  'output_text',
  'refusal',
  'input_file',
  'computer_screenshot',
  'summary_text',
]
const otherParts = ['input_audio', 'reasoning_text']

/**
 * An item of the `input`, checked by hand: items are the bulk of every call, and a schema that rebuilds each of them
 * would cost more than the rest of the service.
 *
 * Source of the rules: openai-node 7 (`ResponseInputItem`), and error bodies of the service in public issue threads.
 */
export const inputItemSchema = z.custom<InputItem>().check((context) => {
  const problem = problemOf(context.value)
  if (problem === null) return
  const { path, expected, supported } = problem
  context.issues.push({
    code: 'custom',
    input: context.value,
    path: [...path],
    message: 'not an item of the service',
    params: { expected, supported },
  })
})

function problemOf(item: unknown): ItemProblem | null {
  if (!isFields(item)) return { path: [], expected: 'an input item' }
  const { type } = item
  if (type === 'function_call') return stringsProblem(item, ['call_id', 'name', 'arguments'])
  if (type === 'function_call_output') return stringsProblem(item, ['call_id']) ?? contentProblem(item, 'output')
  if (type === 'item_reference') return stringsProblem(item, ['id'])
  if (type === undefined || type === 'message') return messageProblem(item)
  if (type === null && item['role'] === undefined) return stringsProblem(item, ['id'])
  return typeof type === 'string' ? null : { path: ['type'], expected: 'a string' }
}

/** What has neither type nor role is a reference, where it has an id. */
function messageProblem(item: Fields): ItemProblem | null {
  const { type, role, id } = item
  if (role === undefined && type !== 'message' && typeof id === 'string') return null
  if (typeof role !== 'string' || !roles.includes(role)) return { path: [], supported: roles }
  return contentProblem(item, 'content')
}

function contentProblem(item: Fields, field: 'content' | 'output'): ItemProblem | null {
  const content = item[field]
  if (typeof content === 'string') return null
  if (!Array.isArray(content)) return { path: [field], expected: 'one of an array of objects or string' }
  for (const [index, part] of content.entries()) {
    const problem = partProblem(part, item['role'] === 'assistant')
    if (problem !== null) return { ...problem, path: [field, index, ...problem.path] }
  }
  return null
}

function partProblem(part: unknown, isOfAssistant: boolean): ItemProblem | null {
  if (!isFields(part)) return { path: [], expected: 'an object' }
  const { type } = part
  if (typeof type !== 'string') return { path: ['type'], expected: 'a string' }
  if (!parts.includes(type) && !otherParts.includes(type)) return { path: ['type'], supported: parts }
  if (isOfAssistant && !partsOfAssistants.includes(type)) return { path: [], supported: partsOfAssistants }
  return type.endsWith('_text') ? stringsProblem(part, ['text']) : null
}

function stringsProblem(fields: Fields, names: readonly string[]): ItemProblem | null {
  const name = names.find((one) => typeof fields[one] !== 'string')
  return name === undefined ? null : { path: [name], expected: 'a string' }
}

function isFields(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

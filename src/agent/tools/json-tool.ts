import { z } from 'zod'
import type { JsonObject } from './canonical-json.ts'
import { problemsIn, toolOf } from './tool.ts'
import type { CheckedArguments, Tool, ToolBasics } from './tool.ts'

/**
 * Makes a tool whose arguments are described by a JSON Schema that came from elsewhere, and is shown to the model as it
 * came.
 *
 * The agent checks what can be checked without trust in whoever wrote the schema: kinds, members, choices and limits.
 * What runs is what the model wrote, with no defaults filled in; whatever else the schema says is its back end's affair.
 *
 * @throws {TypeError} where a limit or a secret is none, or the schema of a strict tool cannot be strict
 */
export function defineJsonTool<SecretName extends string = never>(
  definition: ToolBasics<JsonObject, SecretName> & { readonly inputSchema: JsonObject },
): Tool {
  const { inputSchema } = definition
  const schema = checkOf(inputSchema)
  return toolOf(definition, { ...inputSchema }, (value): CheckedArguments<JsonObject> => {
    const isObject = objectSchema.safeParse(value)
    if (!isObject.success) return { problem: problemsIn(isObject.error) }
    const checked = schema.safeParse(value)
    return checked.success ? { args: isObject.data } : { problem: problemsIn(checked.error) }
  })
}

const objectSchema = z.record(z.string(), z.unknown())

/** A schema that zod cannot read is left to the back end. */
function checkOf(inputSchema: JsonObject): z.ZodType {
  try {
    return z.fromJSONSchema(structureOf(inputSchema) as z.core.JSONSchema.JSONSchema)
  } catch {
    return objectSchema
  }
}

/**
 * What is not checked: regular expressions of strangers may take for ever, defaults would be filled in, and what says no
 * where something else is unchecked would refuse what is right.
 */
const unchecked: ReadonlySet<string> = new Set([
  ...['pattern', 'patternProperties', 'propertyNames', 'format', 'default', 'contentEncoding', 'contentMediaType'],
  ...['not', 'if', 'then', 'else', 'dependentSchemas', 'unevaluatedProperties', 'unevaluatedItems', 'contains'],
])

/** The schema without what is not checked. Of several choices more than one may then be right. */
function structureOf(schema: unknown): unknown {
  if (Array.isArray(schema)) return schema.map(structureOf)
  if (!isObject(schema)) return schema
  const { oneOf, type, ...others } = schema
  const choices = oneOf === undefined || 'anyOf' in others ? {} : { anyOf: oneOf }
  const hasPatterns = 'patternProperties' in schema
  return Object.fromEntries(
    Object.entries({ ...wholeNumbers(type), ...others, ...choices })
      .filter(([keyword]) => !unchecked.has(keyword) && !(hasPatterns && keyword === 'additionalProperties'))
      .filter(([keyword, value]) => isComparable(keyword, value))
      .map(([keyword, value]) => [keyword, structureUnder(keyword, value)]),
  )
}

/** Whole numbers of any size, where zod would have none beyond those that a double holds exactly. */
function wholeNumbers(type: unknown): JsonObject {
  if (type === 'integer') return { type: 'number', multipleOf: 1 }
  if (Array.isArray(type)) return { type: type.map((one: unknown) => (one === 'integer' ? 'number' : one)) }
  return type === undefined ? {} : { type }
}

/** Names of members are no keywords. */
function structureUnder(keyword: string, value: unknown): unknown {
  if (keyword === 'enum' || keyword === 'const') return value
  const holdsNames = ['properties', '$defs', 'definitions'].includes(keyword)
  if (!holdsNames || !isObject(value)) return structureOf(value)
  return Object.fromEntries(Object.entries(value).map(([name, inner]) => [name, structureOf(inner)]))
}

/** Objects and arrays are compared by their identity, which says nothing. */
function isComparable(keyword: string, value: unknown): boolean {
  const compared = keyword === 'const' ? [value] : keyword === 'enum' ? value : []
  return Array.isArray(compared) && compared.every((one) => typeof one !== 'object' || one === null)
}

function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

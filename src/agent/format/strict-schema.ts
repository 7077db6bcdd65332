import { z } from 'zod'

type JsonSchema = Readonly<Record<string, unknown>>

/** A schema is not one that a service can hold a model to; the message is the rest of the sentence "it cannot, because". */
export class NotStrictError extends Error {
  static {
    this.prototype.name = 'NotStrictError'
  }
}

/** What services refuse, and what no closed object can say. */
const refused: Readonly<Record<string, string>> = {
  $ref: 'refers to another schema',
  allOf: 'is an intersection',
  not: 'is a negation',
  if: 'depends on a condition',
  prefixItems: 'is a tuple',
  propertyNames: 'has keys that it does not name',
  patternProperties: 'has keys that it does not name',
  dependentRequired: 'has keys that depend on others',
  dependentSchemas: 'has keys that depend on others',
}

/** Formats that both services hold a model to. */
const formats = new Set(['date-time', 'time', 'date', 'duration', 'email', 'hostname', 'ipv4', 'ipv6', 'uuid'])

/** What says nothing of the values. */
const annotations = new Set(['$schema', '$id', '$comment', '$defs', 'title', 'default', 'examples', 'deprecated'])

const objectParts = z.object({
  properties: z.record(z.string(), z.unknown()).default({}),
  required: z.array(z.string()).default([]),
  additionalProperties: z.unknown().optional(),
})

/**
 * The schema in the subset that OpenAI and Anthropic can hold a model to: every object closed, every member required,
 * one that may be absent null instead.
 *
 * Lengths, bounds and patterns, which not both of them enforce, are told in the description; whoever reads the value
 * checks them.
 *
 * @throws {NotStrictError} where the subset has no such schema
 */
export function strictSchema(jsonSchema: JsonSchema): Record<string, unknown> {
  if (jsonSchema['type'] !== 'object') throw new NotStrictError('it is no object')
  return strict(jsonSchema, 'it')
}

/** @param place names the schema in a sentence */
function strict(schema: unknown, place: string): Record<string, unknown> {
  const given = z.record(z.string(), z.unknown()).safeParse(schema).data
  if (!given || Object.keys(given).every((key) => annotations.has(key) || key === 'description')) {
    throw new NotStrictError(`${place} may be anything`)
  }
  for (const [keyword, words] of Object.entries(refused)) {
    if (Object.hasOwn(given, keyword)) throw new NotStrictError(`${place} ${words}`)
  }
  const { type, anyOf, oneOf = anyOf, ...rest } = given
  if (Array.isArray(type))
    return strict({ ...rest, anyOf: type.map((one: unknown) => ({ ...rest, type: one })) }, place)
  if (Array.isArray(oneOf)) return withNotes({ anyOf: oneOf.map((one: unknown) => strict(one, place)) }, rest)
  if (type === 'object') return withNotes(closed(given, place), rest)
  if (type === 'array') return withNotes({ type, items: strict(rest['items'], `an item of ${place}`) }, rest)
  const kept = Object.entries(rest).filter(([key, value]) => isKept(key, value))
  return withNotes({ ...(type === undefined ? {} : { type }), ...Object.fromEntries(kept) }, rest)
}

function closed(schema: JsonSchema, place: string): Record<string, unknown> {
  const { properties, required, additionalProperties } = objectParts.parse(schema)
  if (additionalProperties !== undefined && additionalProperties !== false) {
    throw new NotStrictError(`${place} has keys that it does not name`)
  }
  const members = Object.entries(properties).map(([key, member]) => {
    const inner = strict(member, `"${key}"`)
    return [key, required.includes(key) || acceptsNull(inner) ? inner : { anyOf: [inner, { type: 'null' }] }]
  })
  return {
    type: 'object',
    properties: Object.fromEntries(members),
    required: Object.keys(properties),
    additionalProperties: false,
  }
}

/** Whether null is a value of the schema. */
export function acceptsNull(schema: JsonSchema): boolean {
  const { type, const: constant, anyOf, oneOf = anyOf } = schema
  if (Array.isArray(oneOf)) return oneOf.some((one: JsonSchema) => acceptsNull(one))
  return type === 'null' || constant === null || (Array.isArray(type) && type.includes('null'))
}

function isKept(key: string, value: unknown): boolean {
  return key === 'enum' || key === 'const' || (key === 'format' && formats.has(String(value)))
}

/** The schema with its description, and in it what is not enforced. */
function withNotes(schema: Record<string, unknown>, given: JsonSchema): Record<string, unknown> {
  const notes = Object.entries(given).filter(([key, value]) => isNote(key, value, schema))
  const told = notes.map(([key, value]) => `${key}: ${JSON.stringify(value)}`).join(', ')
  const description = [given['description'], told && `{${told}}`].filter(Boolean).join(' ')
  return description ? { ...schema, description } : schema
}

const structure = new Set(['description', 'properties', 'required', 'additionalProperties', 'items'])

/** The bounds of whole numbers are those of every number, and the pattern of a format says what its name says. */
function isNote(key: string, value: unknown, schema: JsonSchema): boolean {
  if (structure.has(key) || annotations.has(key) || Object.hasOwn(schema, key)) return false
  if (key === 'pattern' && Object.hasOwn(schema, 'format')) return false
  return Math.abs(Number(value)) !== Number.MAX_SAFE_INTEGER
}

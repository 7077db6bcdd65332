import { acceptsNull } from './strict-schema.ts'

type JsonSchema = Readonly<Record<string, unknown>>

/**
 * A value that was written to the strict form of a schema, as the schema itself has it: null that stands for a member
 * that may be absent is left out.
 */
export function restored(value: unknown, schema: unknown): unknown {
  if (!isObject(schema)) return value
  const { anyOf, oneOf = anyOf, items } = schema
  if (Array.isArray(oneOf)) {
    const variant: unknown = oneOf.find((one: unknown) => mayBe(value, one))
    return restored(value, variant)
  }
  if (Array.isArray(value)) return value.map((item: unknown) => restored(item, items))
  if (!isObject(value)) return value
  const members = Object.entries(value).flatMap(([key, inner]) => {
    const member = memberOf(schema, key)
    return inner === null && isAbsent(schema, key, member) ? [] : [[key, restored(inner, member)] as const]
  })
  return Object.fromEntries(members)
}

/** Whether null of a member says that it is absent. */
function isAbsent({ required }: JsonSchema, key: string, member: unknown): boolean {
  if (!isObject(member) || (Array.isArray(required) && required.includes(key))) return false
  return !acceptsNull(member)
}

/** Whether a value has the shape of a schema, as far as it takes to tell the variants of a union apart. */
function mayBe(value: unknown, schema: unknown): boolean {
  if (!isObject(schema)) return true
  const { anyOf, oneOf = anyOf, const: constant, enum: values, type, items } = schema
  if (Array.isArray(oneOf)) return oneOf.some((one: unknown) => mayBe(value, one))
  if (constant !== undefined) return value === constant
  if (Array.isArray(values)) return values.includes(value)
  if (Array.isArray(value)) return type === 'array' && value.every((item: unknown) => mayBe(item, items))
  if (isObject(value)) return type === 'object' && hasShape(value, schema)
  return isOfType(value, type)
}

function hasShape(value: JsonSchema, schema: JsonSchema): boolean {
  const { required } = schema
  if (Array.isArray(required) && !required.every((key: string) => Object.hasOwn(value, key))) return false
  return Object.entries(value).every(([key, inner]) => {
    const member = memberOf(schema, key)
    return member !== undefined && (mayBe(inner, member) || (inner === null && isAbsent(schema, key, member)))
  })
}

function isOfType(value: unknown, type: unknown): boolean {
  if (type === 'integer') return Number.isInteger(value)
  return type === (value === null ? 'null' : typeof value)
}

function memberOf({ properties }: JsonSchema, key: string): unknown {
  return isObject(properties) && Object.hasOwn(properties, key) ? properties[key] : undefined
}

function isObject(value: unknown): value is JsonSchema {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

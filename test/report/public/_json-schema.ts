import { z } from 'zod'
import { resultsSchema } from '../../../src/results/results-schema.ts'

/** As much of JSON Schema as the schema of results uses. */
export interface JsonSchema {
  readonly type?: string | readonly string[]
  readonly const?: unknown
  readonly enum?: readonly unknown[]
  readonly pattern?: string
  readonly format?: string
  readonly minimum?: number
  readonly maximum?: number
  readonly exclusiveMinimum?: number
  readonly exclusiveMaximum?: number
  readonly anyOf?: readonly JsonSchema[]
  readonly oneOf?: readonly JsonSchema[]
  readonly allOf?: readonly JsonSchema[]
  readonly properties?: Readonly<Record<string, JsonSchema>>
  readonly required?: readonly string[]
  readonly propertyNames?: JsonSchema
  readonly additionalProperties?: JsonSchema | boolean
  readonly items?: JsonSchema | false
  readonly prefixItems?: readonly JsonSchema[]
  readonly $ref?: string
  readonly $defs?: Readonly<Record<string, JsonSchema>>
}

const root = z.toJSONSchema(resultsSchema) as JsonSchema

/** The schema of `results.json`. */
export const resultsJsonSchema: JsonSchema = root

/** The schema itself where it is written elsewhere. */
export function resolved(schema: JsonSchema): JsonSchema {
  const name = schema.$ref?.split('/').at(-1)
  return name === undefined ? schema : (root.$defs?.[name] ?? {})
}

/** What a value may be; one for most schemas. */
export function options(schema: JsonSchema): readonly JsonSchema[] {
  const own = resolved(schema)
  const several = own.anyOf ?? own.oneOf
  if (several !== undefined) return several.flatMap(options)
  const { type } = own
  return Array.isArray(type) ? type.map((each: string) => ({ ...own, type: each })) : [own]
}

/** Whether a text may be anything: neither a closed list nor of a pattern. */
export function isFreeText({ type, enum: words, const: only, pattern, format }: JsonSchema): boolean {
  return type === 'string' && words === undefined && only === undefined && pattern === undefined && format === undefined
}

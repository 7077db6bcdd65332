import type { Json, JsonObject } from '../../contract/json.ts'
import { isObject } from '../../wire/mcp/protocol.ts'

/** What may have become of a tool between two listings. */
export type Drift = 'removed' | 'renamed' | 'required'

/**
 * A listing of tools in which one of them is another than before; null where it lists none that could be.
 *
 * @param drawn in [0, 1): which of them
 */
export function drift(result: JsonObject, how: Drift, drawn: number): JsonObject | null {
  const tools = Array.isArray(result['tools']) ? (result['tools'] as readonly Json[]) : []
  const index = Math.floor(drawn * tools.length)
  const tool = tools[index]
  if (!isObject(tool)) return null
  const changed = how === 'removed' ? [] : [{ ...tool, inputSchema: driftedSchema(tool['inputSchema'], how) }]
  return { ...result, tools: tools.toSpliced(index, 1, ...changed) }
}

function driftedSchema(schema: Json | undefined, how: 'renamed' | 'required'): JsonObject {
  const inputSchema = isObject(schema) ? schema : { type: 'object' }
  const properties = isObject(inputSchema['properties']) ? inputSchema['properties'] : {}
  const required = Array.isArray(inputSchema['required']) ? (inputSchema['required'] as readonly Json[]) : []
  const [first] = Object.keys(properties)
  // A tool without parameters has none to rename.
  if (how === 'required' || first === undefined) {
    const added = { ...properties, schemaVersion: { type: 'integer' } }
    return { ...inputSchema, properties: added, required: [...required, 'schemaVersion'] }
  }
  const named = Object.entries(properties).map(([name, value]) => [name === first ? renamed(name) : name, value])
  return {
    ...inputSchema,
    properties: Object.fromEntries(named) as JsonObject,
    required: required.map((name) => (name === first ? renamed(first) : name)),
  }
}

function renamed(name: string): string {
  return `${name}V2`
}

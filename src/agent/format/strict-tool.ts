import { restored } from './restored.ts'
import { NotStrictError, strictSchema } from './strict-schema.ts'

/** What of a tool its strictness changes. */
interface Offered<Prepared> {
  readonly jsonSchema: Record<string, unknown>
  readonly strict?: boolean | undefined
  prepare(argumentsText: string): Prepared
}

/**
 * The tool offered with a schema that the service holds the model to; its own schema checks the arguments all the same.
 * Where there is no such schema, the rest of the sentence that says so.
 */
export function strictTool<Prepared, Tool extends Offered<Prepared>>(tool: Tool): Tool | { readonly because: string } {
  try {
    return {
      ...tool,
      strict: true,
      jsonSchema: strictSchema(tool.jsonSchema),
      prepare: (argumentsText: string) => tool.prepare(asGiven(argumentsText, tool.jsonSchema)),
    }
  } catch (error) {
    if (error instanceof NotStrictError) return { because: error.message }
    throw error
  }
}

/** Arguments that cannot be read are left to the tool, which says so. */
function asGiven(argumentsText: string, jsonSchema: Record<string, unknown>): string {
  try {
    return JSON.stringify(restored(JSON.parse(argumentsText), jsonSchema))
  } catch {
    return argumentsText
  }
}

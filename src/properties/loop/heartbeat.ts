import type { ToolCall } from '../../contract/event.ts'
import { jsonObjectSchema } from '../../contract/json.ts'

/** Whether a tool call asks for another step by its argument of that name; a model may write the boolean as text. */
export function asksForHeartbeat(call: ToolCall, parameter: string): boolean {
  const args = argumentsOf(call)
  const asked = args && Object.hasOwn(args, parameter) ? args[parameter] : false
  return asked === true || (typeof asked === 'string' && asked.toLowerCase() === 'true')
}

function argumentsOf({ arguments: text }: ToolCall) {
  try {
    return jsonObjectSchema.safeParse(JSON.parse(text)).data
  } catch {
    return undefined
  }
}

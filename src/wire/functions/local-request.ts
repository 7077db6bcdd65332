import { type JsonObject, jsonObjectSchema } from '../../contract/json.ts'
import type { LocalCall, NetworkRequest } from '../../simulation/network.ts'
import { type RequestView, opaqueRequest } from '../upstream.ts'
import { recordedText, recordedValue } from './recorded-value.ts'

/** A call of a function in the words of a request, for the trace and for the faults that read it. */
export function localRequest({ name, arguments: args }: LocalCall): NetworkRequest {
  return {
    method: 'CALL',
    url: `function:${name}`,
    header: () => null,
    body: recordedText(args.length === 1 ? args[0] : args),
    signal: signalAmong(args),
  }
}

/** What the call says where the function is a tool. */
export function localView(call: LocalCall): RequestView {
  if (call.kind !== 'tool') return { ...opaqueRequest, parsed: call.arguments }
  return { ...opaqueRequest, tool: { name: call.name, arguments: argumentsOf(call) }, parsed: call.arguments }
}

function argumentsOf({ arguments: args, toolArguments }: LocalCall): JsonObject {
  const first = jsonObjectSchema.safeParse(recordedValue(toolArguments?.() ?? args[0]))
  if (first.success) return first.data
  return args.length === 0 ? {} : { arguments: recordedValue(args) ?? null }
}

/** The signal by which the caller gives the call up: an argument, or a field of one. */
function signalAmong(args: readonly unknown[]): AbortSignal | null {
  const candidates = args.flatMap((arg) => [arg, ...fieldsOf(arg)])
  return candidates.find((candidate) => candidate instanceof AbortSignal) ?? null
}

/** The data that an object holds; what it computes is left alone. */
function fieldsOf(arg: unknown): readonly unknown[] {
  if (typeof arg !== 'object' || arg === null) return []
  return Object.values(Object.getOwnPropertyDescriptors(arg)).map(({ value }): unknown => value)
}

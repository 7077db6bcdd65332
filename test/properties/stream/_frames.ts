import { dataFrame } from '../../../src/wire/sse/server-sent-events.ts'

/** The body of a streamed reply with these deltas, a finish reason and `[DONE]`, and whatever comes after. */
export function bodyOf(deltas: readonly (object | string)[], after: readonly object[] = []): string {
  const frame = (delta: object | string, finish: string | null = null) =>
    dataFrame(
      typeof delta === 'string' ? delta : JSON.stringify({ choices: [{ index: 0, delta, finish_reason: finish }] }),
    )
  const whole = [...deltas.map((delta) => frame(delta)), frame({}, 'stop'), dataFrame('[DONE]')]
  return [...whole, ...after.map((delta) => frame(delta))].join('')
}

/** A delta of the first tool call. */
export function callDelta(args: string, name?: string): object {
  return { tool_calls: [{ index: 0, function: { ...(name === undefined ? {} : { name }), arguments: args } }] }
}

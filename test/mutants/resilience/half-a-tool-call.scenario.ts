import { resilienceMutant } from '../mutant.ts'

/** Makes a tool call of what had come when the stream was cut, closing its quotes and braces itself. */
export default resilienceMutant('executes half a tool call from a cut stream', {
  cutStream: (partial) => {
    if (partial.calls.length === 0) return null
    const calls = partial.calls.map((call) => ({ ...call, argumentsText: closedJson(call.argumentsText) }))
    return { ...partial, finishReason: 'tool_calls', calls }
  },
})

function closedJson(cut: string): string {
  return [cut, `${cut}}`, `${cut}"}`].find(isJson) ?? cut
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text)
    return true
  } catch {
    return false
  }
}

import { resilienceMutant } from '../mutant.ts'

/** Makes a tool call of what had come when the stream was cut, closing its quotes and braces itself. */
export default resilienceMutant('executes half a tool call from a cut stream', {
  cutStream: ({ choices: [{ message, ...choice }] }) => {
    if (message.tool_calls.length === 0) return null
    const closed = message.tool_calls.map(({ function: called, ...call }) => ({
      ...call,
      function: { ...called, arguments: closedJson(called.arguments) },
    }))
    return { choices: [{ ...choice, finish_reason: 'tool_calls', message: { ...message, tool_calls: closed } }] }
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

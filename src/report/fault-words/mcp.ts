import type { FaultWords } from './predicate.ts'

export const mcpWords: FaultWords = {
  'mcp.rpc.parse': () => 'is answered with the error −32700, "Parse error"',
  'mcp.rpc.invalid_request': () => 'is answered with the error −32600, "Invalid Request"',
  'mcp.rpc.method_not_found': () => 'is answered with the error −32601, "Method not found"',
  'mcp.rpc.invalid_params': () => 'is answered with the error −32602, "Invalid params"',
  'mcp.rpc.internal': () => 'is answered with the error −32603, "Internal error"',
  'mcp.unknown_tool': ({ text }) => `is refused with −32602: its tool is ${text('why')}`,
  'mcp.resource': ({ text }) => `is refused with ${text('code').replace('-', '−')}: there is no such resource`,
  'mcp.caps': ({ text }) => `is refused with −32021: the client does not offer ${text('capability')}`,
  'mcp.version': ({ text }) => `is refused with −32022: the server speaks revision ${text('supported')} alone`,
  'mcp.url_elicit': ({ text }) => `is refused with −32042 until the user has visited ${text('url')}`,
  'mcp.session': ({ text }) => `is answered ${text('status')}: the server knows nothing of the session`,
  'mcp.ratelimit': ({ text }) => `is refused with −32000, to be retried after ${text('retryAfterSeconds')} s`,
  'mcp.tool_error': ({ text }) =>
    `is answered with a failed result, "${text('text')}", ${text('isWorkDone') === 'true' ? 'after' : 'before'} its work is done`,
  'mcp.partial_success': ({ text }) => `does only the first three in five of its list, and reports ${text('says')}`,
  'mcp.empty': () => 'is answered with no content',
  'mcp.corrupt': ({ text }) => `is answered with a ${text('what')} that is cut in half`,
  'mcp.inject': ({ text }) => `is answered with one text more, "${text('text')}"`,
  'mcp.id': ({ text }) => idWords[text('how')] ?? 'is answered with an id that is wrong',
  'mcp.schema_drift': ({ text }) => driftWords[text('how')] ?? 'shows a tool otherwise than before',
  'mcp.schema_drift.output': () => 'is answered with structured content that violates the schema of its tool',
  'mcp.timeout': ({ text }) => `is never answered, ${text('isWorkDone') === 'true' ? 'with' : 'without'} its work done`,
  'mcp.timeout.late': ({ span }) => `is answered only after ${span('ms')}, when its client has given up`,
  'mcp.slow': ({ span }) => `is answered ${span('ms')} late`,
  'mcp.closed': ({ text }) => closingWords[text('how')] ?? 'finds its server gone',
}

const idWords: Readonly<Record<string, string>> = {
  wrong: 'is answered under an id that nobody used',
  duplicate: 'is answered under the id of the request before',
  missing: 'is answered without an id',
  stray: 'is answered after a reply to nothing',
  twice: 'is answered twice',
}

const driftWords: Readonly<Record<string, string>> = {
  removed: 'shows one tool less than before',
  renamed: 'shows a parameter of a tool under another name than before',
  required: 'shows a tool with one required parameter more than before',
}

const closingWords: Readonly<Record<string, string>> = {
  exit: 'finds its server gone before the reply',
  half: 'finds its server gone halfway through the reply',
  noise: 'is answered after a log line that is no message',
}

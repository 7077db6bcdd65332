import { NotExecutedError } from '../../errors/not-executed-error.ts'
import { ToolHttpError } from '../../errors/tool-http-error.ts'

/** A tool of an MCP server says that it could not do what it was asked for; whether it did a part of it is unknown. */
export class McpToolError extends Error {
  static {
    this.prototype.name = 'McpToolError'
  }
}

/** Nothing was there to be called: the request was not understood, the method or tool not known, the arguments wrong. */
const refusals: ReadonlySet<unknown> = new Set([-32_700, -32_600, -32_601, -32_602])

/** Nothing was sent. */
const unsent: ReadonlySet<unknown> = new Set(['NOT_CONNECTED', 'NOT_INITIALIZED', 'CAPABILITY_NOT_SUPPORTED'])

/**
 * What a client of MCP throws, in the words of the agent, so that retries and ledgers decide as they do for any tool.
 *
 * The kind of an error is read from its members, since the classes are those of a package that is not here.
 */
export function asToolError(error: unknown): unknown {
  if (!(error instanceof Error)) return error
  const code = member(error, 'code')
  const data = member(error, 'data')
  const status = member(data, 'status')
  const text = member(data, 'text')
  if (refusals.has(code)) return new NotExecutedError(error.message.replace(/\.$/, ''))
  if (unsent.has(code) || error.message === 'Not connected') {
    return new NotExecutedError('the connection to its MCP server is gone')
  }
  if (typeof status !== 'number') return error
  return new ToolHttpError(status, new Headers(), typeof text === 'string' ? text : '')
}

function member(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null ? (Reflect.get(value, name) as unknown) : undefined
}

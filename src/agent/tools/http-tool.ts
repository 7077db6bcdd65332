import type { ToolContext } from './tool.ts'
import { ToolHttpError } from '../errors/tool-http-error.ts'

/** How a tool call becomes an HTTP request. */
export interface HttpToolOptions<Args> {
  readonly method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE'
  readonly url: (args: Args) => string
  /** The JSON body; absent for a request without one. */
  readonly body?: (args: Args) => unknown
  readonly headers?: Readonly<Record<string, string>>
}

/**
 * Makes the `execute` function of a tool whose back end speaks JSON over HTTP.
 *
 * An effectful call carries its `idempotency-key`. Redirects are not followed, so that no answer can send arguments
 * to another host.
 *
 * @throws {ToolHttpError} from the returned function, for any status but 2xx
 */
export function httpTool<Args>(options: HttpToolOptions<Args>): (args: Args, context: ToolContext) => Promise<string> {
  return async (args, context) => {
    const headers = new Headers({ accept: 'application/json', ...options.headers })
    if (context.idempotencyKey !== null) headers.set('idempotency-key', context.idempotencyKey)
    const init: RequestInit = { method: options.method, headers, signal: context.signal, redirect: 'manual' }
    if (options.body) {
      headers.set('content-type', 'application/json')
      init.body = JSON.stringify(options.body(args))
    }
    const response = await fetch(options.url(args), init)
    const text = await response.text()
    if (!response.ok) throw new ToolHttpError(response.status, response.headers, text)
    assertJson(text)
    return text
  }
}

function assertJson(text: string): void {
  try {
    JSON.parse(text)
  } catch (error) {
    throw new Error('the service answered with something that is not JSON', { cause: error })
  }
}

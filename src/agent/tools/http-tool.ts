import type { ToolContext } from './tool.ts'
import { ToolHttpError } from '../errors/tool-http-error.ts'

type HttpHeaders = Readonly<Record<string, string>>

/** How a tool call becomes an HTTP request. */
export interface HttpToolOptions<Args, SecretName extends string = never> {
  readonly method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE'
  readonly url: (args: Args) => string
  /** The JSON body; absent for a request without one. */
  readonly body?: (args: Args) => unknown
  /** A function where they hold secrets of the tool. */
  readonly headers?: HttpHeaders | ((secrets: Readonly<Record<SecretName, string>>) => HttpHeaders)
}

/**
 * Makes the `execute` function of a tool whose back end speaks JSON over HTTP.
 *
 * An effectful call carries its `idempotency-key`. Redirects are not followed, so that no answer can send arguments
 * to another host.
 *
 * @throws {ToolHttpError} from the returned function, for any status but 2xx
 */
export function httpTool<Args, SecretName extends string = never>(
  options: HttpToolOptions<Args, SecretName>,
): (args: Args, context: ToolContext<SecretName>) => Promise<string> {
  return async (args, context) => {
    const own = typeof options.headers === 'function' ? options.headers(context.secrets) : options.headers
    const headers = new Headers({ accept: 'application/json', ...own })
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

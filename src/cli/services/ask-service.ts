import { type ShakedownError, harnessError, usageError } from '../../contract/errors.ts'
import { shortened } from '../../report/shortened.ts'
import { visibleLine } from '../../report/visible-text.ts'
import { realClock } from '../../simulation/real-clock.ts'

/** A request to a service outside, made once. */
export interface ServiceRequest {
  /** What it is called in sentences, e.g. `GitHub`. */
  readonly service: string
  readonly method: 'GET' | 'POST' | 'PATCH' | 'PUT'
  readonly url: string
  readonly headers: Readonly<Record<string, string>>
  readonly body?: string
  /** What no sentence may hold, whoever says it: a token, or the secret part of a URL. */
  readonly secret: string
}

/** Real milliseconds in which a service must have answered. */
const patienceMs = 15_000

/** What the caller can mend: a token that may not, or a place that is not there. */
const mendable = new Set([400, 401, 403, 404, 410, 422])

/**
 * Asks a service once, and never again: who retries a comment writes two.
 *
 * Redirects are refused, because a token is for one host alone.
 *
 * @throws {ShakedownError} of kind `usage` where it refuses what was asked, of kind `harness` where it does not answer
 */
export async function askService(request: ServiceRequest): Promise<unknown> {
  const { service, method, url, headers, body, secret } = request
  const controller = new AbortController()
  const timer = realClock.setTimeout(
    () => controller.abort(new Error(`no answer in ${patienceMs / 1_000} s`)),
    patienceMs,
  )
  try {
    const response = await fetch(url, {
      method,
      headers: { 'user-agent': 'shakedown', 'content-type': 'application/json', ...headers },
      redirect: 'error',
      signal: controller.signal,
      ...(body === undefined ? {} : { body }),
    })
    const text = await response.text()
    if (!response.ok) throw refusal(service, response.status, said(text, secret))
    return parsed(text)
  } catch (error) {
    if (error instanceof Error && 'kind' in error) throw error
    throw harnessError('SERVICE', `${service} could not be asked: ${said(causeOf(error), secret)}.`)
  } finally {
    realClock.clearTimeout(timer)
  }
}

function refusal(service: string, status: number, why: string): ShakedownError {
  const sentence = `${service} answered ${status}${why === '' ? '' : `, "${why}"`}`
  return mendable.has(status)
    ? usageError('REFUSED', `${sentence}; check the place that is named and what the token may do.`)
    : harnessError('SERVICE', `${sentence}.`)
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return null
  }
}

function causeOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error)
  return error.cause instanceof Error ? error.cause.message : error.message
}

/** What a stranger says, on one line, bounded, and without what must stay secret. */
function said(text: string, secret: string): string {
  return shortened(visibleLine(text.replaceAll(secret, '***')), 200)
}

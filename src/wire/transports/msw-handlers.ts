import { type HttpHandler, getResponse, http, isPassthroughResponse } from 'msw'
import type { UpstreamKind } from '../../contract/upstream-kind.ts'
import type { Effect } from '../../contract/task.ts'
import type { NetworkRequest } from '../../simulation/network.ts'
import { realClock } from '../../simulation/real-clock.ts'
import { ConnectionFailure } from '../connection-failure.ts'
import { type Answer, type Reply, isReply, jsonReply } from '../reply.ts'
import { redirectReply } from '../redirect-loops.ts'
import { replyBody } from '../reply-body.ts'
import { type Upstream, opaqueReply, opaqueRequest } from '../upstream.ts'
import { isBodiless } from './bodiless.ts'
import { toSocketError } from './socket-error.ts'

/** How upstreams behave outside a trial. */
export interface MswHandlersOptions {
  /** Seeds identifiers and whatever else an upstream draws; default `msw`. */
  readonly seed?: string
  /** Told of each effect that a tool's back end applies. */
  readonly onEffect?: (effect: Effect) => void
}

/**
 * Offers upstreams as msw handlers, for tests that have an msw server of their own.
 *
 * Outside a trial: time is real, no latency is simulated and no fault is injected. A request to the origin
 * that no upstream is for is left to the handlers after these.
 */
export function toMswHandlers(upstreams: readonly Upstream[], options: MswHandlersOptions = {}): HttpHandler[] {
  const { seed = 'msw', onEffect = () => {} } = options
  const startedMs = realClock.monotonicMs()
  let call = 0
  return upstreams.map((upstream) =>
    http.all(
      ({ request }) => isFor(upstream, request),
      async ({ request }) => {
        const asked = await toNetworkRequest(request)
        const nowMs = Math.trunc(realClock.monotonicMs() - startedMs)
        const context = { nowMs, call: call++, task: undefined, seed, applyEffect: onEffect }
        const answer = await upstream.handle(asked, upstream.understand(asked), context)
        return toResponse(answer, request.url, request.method)
      },
    ),
  )
}

function isFor(upstream: Upstream, request: Request): boolean {
  const { origin, pathname, search } = new URL(request.url)
  return origin === upstream.origin && upstream.matches(request.method, pathname + search)
}

async function toNetworkRequest(request: Request): Promise<NetworkRequest> {
  const body = request.body === null ? '' : await request.text()
  const header = (name: string): string | null => request.headers.get(name)
  const { method, url, headers, signal } = request
  return { method, url, header, headers: () => headers, body, signal }
}

function toResponse(answer: Answer, url: string, method: string): Response | Promise<never> {
  if ('silence' in answer) return new Promise(() => {})
  if ('redirects' in answer) return toResponse(redirectReply(url), url, method)
  if (!isReply(answer)) throw toSocketError(new ConnectionFailure(answer))
  const { status, headers, body } = answer
  if (isBodiless(status, method)) return new Response(null, { status, headers })
  const content = typeof body === 'string' ? Buffer.from(body) : Buffer.concat(body.map(({ bytes }) => bytes))
  return new Response(content, { status, headers })
}

/** What an upstream made of msw handlers is to the agent. */
export interface MswUpstreamOptions {
  /** Unique in the scenario; faults aim at it. */
  readonly name: string
  /** Scheme, host and port that the handlers are for. */
  readonly origin: string
  /** Default `other`; a `tool` is called by its name, its arguments are not understood. */
  readonly kind?: Exclude<UpstreamKind, 'approval' | 'model'>
  /** Virtual milliseconds of an undisturbed call, besides what the handlers wait themselves; default 40. */
  readonly latencyMs?: number
}

/**
 * Accepts msw handlers as an upstream; made afresh for each trial, it makes `once` handlers fresh too.
 *
 * A handler's waiting is virtual. Its body is delivered when it is complete. What no handler answers, or one passes
 * through, gets a 501 that says so, for nothing leaves a simulated world.
 */
export function fromMswHandlers(handlers: readonly HttpHandler[], options: MswUpstreamOptions): Upstream {
  const { name, kind = 'other', latencyMs = 40 } = options
  const { origin } = new URL(options.origin)
  for (const handler of handlers) {
    handler.reset()
    handler.restore()
  }
  return {
    name,
    kind,
    origin,
    latencyMs,
    matches: () => true,
    understand: () => (kind === 'tool' ? { ...opaqueRequest, tool: { name, arguments: {} } } : opaqueRequest),
    async handle(request) {
      const response = await getResponse([...handlers], toRequest(request))
      if (response === undefined || isPassthroughResponse(response)) return unanswered(name, request)
      return toAnswer(response)
    },
    describe: () => opaqueReply,
  }
}

function unanswered(name: string, { method, url }: NetworkRequest): Reply {
  return jsonReply(501, {
    code: 'SHAKEDOWN_UNANSWERED',
    message: `no handler of upstream "${name}" answers ${method} ${url}, and nothing leaves a simulated world; add a handler for it.`,
  })
}

function toRequest({ method, url, headers, body, signal }: NetworkRequest): Request {
  const init = { method, headers: headers?.() ?? new Headers(), signal }
  return new Request(url, body === '' || method === 'GET' || method === 'HEAD' ? init : { ...init, body })
}

async function toAnswer(response: Response): Promise<Answer> {
  if (response.type === 'error') return { failure: 'ECONNRESET', message: 'read ECONNRESET' }
  const bytes = new Uint8Array(await response.arrayBuffer())
  return { status: response.status, headers: Object.fromEntries(response.headers), body: replyBody(bytes) }
}

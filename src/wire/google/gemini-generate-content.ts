import type { NetworkRequest } from '../../simulation/network.ts'
import type { ScriptedReply } from '../model-script.ts'
import { RateLimiter, type RateLimits } from '../openai/rate-limits.ts'
import { type Reply, bodyText } from '../reply.ts'
import type { ScriptedEndpointOptions } from '../scripted-endpoint.ts'
import { ScriptedReplies } from '../scripted-replies.ts'
import { eventStreamReply, isEventStream } from '../sse/event-stream-reply.ts'
import { type RequestView, type Upstream, type UpstreamContext, opaqueRequest } from '../upstream.ts'
import { pairingProblem, turnMessages, viewRequest } from './content-history.ts'
import { errorCodeOf, googleError, tooManyTokens } from './errors.ts'
import { type GenerateContentRequest, type ReadRequest, methodOf, readBody } from './generate-content-request.ts'
import { type ComposedResponse, composeResponse, eventsOf } from './generate-content-response.ts'
import { googleReply, oneLine } from './google-json.ts'
import { resourceExhausted } from './rate-limit-error.ts'
import { readResponse, readResponseStream } from './response-reading.ts'
import { serviceHeaders } from './service-headers.ts'

/**
 * How a simulated Gemini endpoint is set up; by default `gemini` at `https://generativelanguage.googleapis.com`, with a
 * window of 1 048 576 tokens for the prompt.
 */
export interface GeminiGenerateContentOptions extends ScriptedEndpointOptions {
  readonly limits?: RateLimits
}

const defaultLimits: RateLimits = { requestsPerMinute: 1_000, tokensPerMinute: 4_000_000 }

/**
 * Gemini's `models.generateContent` and `models.streamGenerateContent` as the service speaks them, at any version and
 * model: limits, errors and usage included.
 *
 * Tokens are an approximation, because the service's tokenizer is not public; nothing is thought or cached. Function
 * calls have identifiers, as those of current models do; responses without them are matched by name and order.
 */
export function geminiGenerateContent(options: GeminiGenerateContentOptions): Upstream {
  const { name = 'gemini', latencyMs = 600, pace = {}, windowTokens = 1_048_576 } = options
  const { origin = 'https://generativelanguage.googleapis.com' } = options
  const limiter = new RateLimiter(options.limits ?? defaultLimits)
  const replies = new ScriptedReplies(options.script, name, compose)

  function compose(reply: ScriptedReply, view: RequestView, { seed, call }: UpstreamContext): Reply {
    const composed = composeResponse(reply, {
      model: view.model?.model ?? 'unknown',
      promptTokens: view.model?.inputTokens ?? 0,
      key: [seed, call],
    })
    const sent = deliver(composed, view.parsed as ReadRequest | null)
    return replies.saying(sent, readResponse(JSON.stringify(composed.whole)).model)
  }

  function deliver(composed: ComposedResponse, read: ReadRequest | null): Reply {
    const headers = serviceHeaders(latencyMs)
    if (read?.isEventStream === true) {
      const type = { 'content-type': 'text/event-stream', 'content-disposition': 'attachment' }
      return eventStreamReply(eventsOf(composed, pace), { ...type, ...headers })
    }
    if (read?.isStreamed !== true) return googleReply(200, composed.whole, headers)
    // Without `alt=sse` the chunks are the elements of one array.
    const chunks = composed.chunks(pace.tokensPerChunk ?? 1).map(oneLine)
    return { ...googleReply(200, null, headers), body: `[${chunks.join(',\r\n')}\n]` }
  }

  function answer(request: GenerateContentRequest, view: RequestView, context: UpstreamContext): Reply {
    const tokens = view.model?.inputTokens ?? 0
    const problem =
      pairingProblem(request.contents) ?? (tokens > windowTokens ? tooManyTokens(tokens, windowTokens) : null)
    if (problem !== null) return googleError(400, problem, serviceHeaders())
    return replies.answer(turnMessages(request), view, context)
  }

  return {
    name,
    kind: 'model',
    dialect: 'google.gemini',
    origin,
    latencyMs,
    matches: (method, path) => method === 'POST' && methodOf(path) !== null,
    understand,
    handle(request, view, context) {
      const { body } = view.parsed as ReadRequest
      if (!hasKey(request)) return googleError(403, unregistered, serviceHeaders())
      if (body === null) return googleError(400, unreadable, serviceHeaders())
      const exceeded = limiter.admit(view.model?.inputTokens ?? 0, context.nowMs)
      if (exceeded === null) return answer(body, view, context)
      return resourceExhausted({ quota: exceeded.limit, waitMs: exceeded.waitMs, headers: serviceHeaders() })
    },
    compose,
    describe(reply) {
      const known = replies.known(reply)
      if (known !== undefined) return known
      const body = bodyText(reply)
      if (reply.status !== 200) return { model: null, errorCode: errorCodeOf(body), decision: null }
      return isEventStream(reply) ? readResponseStream(body) : readResponse(body)
    },
    lost: (reply) => replies.lost(reply),
  }
}

function understand({ url, body }: NetworkRequest): RequestView {
  const { pathname, search } = new URL(url)
  const method = methodOf(pathname + search)
  if (method === null) return opaqueRequest
  const request = readBody(body)
  const model = request && viewRequest(request, method.model, method.isEventStream)
  return { ...opaqueRequest, model, parsed: { ...method, body: request } satisfies ReadRequest }
}

const unreadable = 'Invalid JSON payload received, or a required field is missing.'
const unregistered =
  "Method doesn't allow unregistered callers (callers without established identity). Please use API Key or other form of API consumer identity to call this API."

/** A key is not compared with anything: that one was sent is enough. */
function hasKey({ header, url }: NetworkRequest): boolean {
  if (Boolean(header('x-goog-api-key')) || header('authorization')?.startsWith('Bearer ') === true) return true
  return Boolean(new URL(url).searchParams.get('key'))
}

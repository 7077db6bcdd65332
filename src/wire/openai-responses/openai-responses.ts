import type { ScriptedReply } from '../model-script.ts'
import { errorCodeOf, openAiError } from '../openai/errors.ts'
import type { OpenAiChatOptions } from '../openai/openai-chat.ts'
import { eventStreamReply, isEventStream } from '../sse/event-stream-reply.ts'
import { rateLimitReached } from '../openai/rate-limit-error.ts'
import { RateLimiter } from '../openai/rate-limits.ts'
import { invalidRequest, withoutKey } from '../openai/refused-requests.ts'
import { serviceHeaders } from '../openai/service-headers.ts'
import { type Reply, bodyText, jsonReply } from '../reply.ts'
import { ScriptedReplies } from '../scripted-replies.ts'
import type { StreamPace } from '../stream-pace.ts'
import { type RequestView, type Upstream, type UpstreamContext, opaqueRequest } from '../upstream.ts'
import { contextExceeded, conversationProblem } from './conversation-problem.ts'
import { type ReadRequest, readRequest } from './request-reading.ts'
import { type EventOptions, failureEvents, responseEvents } from './response-events.ts'
import { type UnderstoodRequest, turnMessages, viewRequest } from './response-history.ts'
import { type ResponseFacts, responseObject, startedResponse } from './response-object.ts'
import { readResponse, viewResponse } from './response-reading.ts'
import type { ResponsesRequest } from './response-request.ts'
import { readResponseStream } from './response-stream-reading.ts'
import { type Conversation, StoredResponses } from './stored-responses.ts'
import { unixSeconds } from './unix-seconds.ts'

/** How a simulated OpenAI Responses endpoint is set up: as the chat endpoint is. */
export type OpenAiResponsesOptions = OpenAiChatOptions

/** What was made of a request; a conversation where it could be read. */
type ParsedRequest = ReadRequest & { readonly conversation: Conversation }

const path = '/v1/responses'
const nothing: Conversation = { items: [], missing: null }

/**
 * OpenAI Responses as the service speaks it: stored conversations, limits, errors, usage and headers included.
 *
 * Responses are kept within the trial unless a request says `store: false`, and `previous_response_id` and item
 * references find them. Of the endpoint itself only `POST /v1/responses` is there: neither retrieval nor background
 * mode, and of the tools only functions.
 */
export function openAiResponses(options: OpenAiResponsesOptions): Upstream {
  const { name = 'openai', origin = 'https://api.openai.com', latencyMs = 600, pace = {} } = options
  const windowTokens = options.windowTokens ?? 128_000
  const limiter = new RateLimiter(options.limits ?? { requestsPerMinute: 5_000, tokensPerMinute: 2_000_000 })
  const stored = new StoredResponses()
  const replies = new ScriptedReplies(options.script, name, compose)

  function headers(context: UpstreamContext, processingMs?: number): Record<string, string> {
    return { ...serviceHeaders(context, processingMs), ...limiter.headers(context.nowMs) }
  }

  function compose(reply: ScriptedReply, view: RequestView, context: UpstreamContext): Reply {
    const { request, conversation } = parsedOf(view)
    const facts = factsOf(view, context)
    const response = responseObject(reply, facts)
    if (request !== null && request.store !== false) stored.keep(response.id, conversation.items, response.output)
    const answerHeaders = headers(context, latencyMs)
    const composed =
      request?.stream === true
        ? eventStreamReply(
            responseEvents(response, startedResponse(facts), eventOptions(request, pace, context)),
            answerHeaders,
          )
        : jsonReply(200, response, answerHeaders)
    return replies.saying(composed, viewResponse(response))
  }

  function answer(understood: UnderstoodRequest, view: RequestView, context: UpstreamContext): Reply {
    if ((view.model?.inputTokens ?? 0) > windowTokens) {
      const events = eventOptions(understood.request, pace, context)
      return overflow(factsOf(view, context), events, headers(context))
    }
    return replies.answer(turnMessages(understood), view, context)
  }

  return {
    name,
    kind: 'model',
    dialect: 'openai.responses',
    origin,
    latencyMs,
    matches: (method, requestPath) => method === 'POST' && requestPath.split('?', 1)[0] === path,
    understand: ({ body }) => understand(body, stored),
    handle(request, view, context) {
      const refused = withoutKey(request, serviceHeaders(context))
      if (refused !== null) return refused
      const parsed = parsedOf(view)
      if (parsed.problem !== null) return invalidRequest(parsed.problem, serviceHeaders(context))
      const exceeded = limiter.admit(view.model?.inputTokens ?? 0, context.nowMs)
      if (exceeded !== null) {
        return rateLimitReached({ ...exceeded, model: parsed.request.model, headers: headers(context) })
      }
      const problem = conversationProblem(parsed.request, parsed.conversation)
      if (problem !== null) {
        return openAiError(problem.status, { ...problem, type: 'invalid_request_error' }, headers(context))
      }
      return answer({ request: parsed.request, items: parsed.conversation.items }, view, context)
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

function understand(body: string, stored: StoredResponses): RequestView {
  const read = readRequest(body)
  const { request } = read
  if (request === null) return { ...opaqueRequest, parsed: { ...read, conversation: nothing } }
  const conversation = stored.conversation(request.previous_response_id, inputItems(request))
  const model = viewRequest({ request, items: conversation.items })
  return { ...opaqueRequest, model, parsed: { ...read, conversation } }
}

/** The view is of a request that was understood here. */
function parsedOf({ parsed }: RequestView): ParsedRequest {
  return parsed as ParsedRequest
}

function inputItems({ input }: ResponsesRequest): Conversation['items'] {
  if (typeof input !== 'string') return input
  return input === '' ? [] : [{ role: 'user', content: input }]
}

function factsOf(view: RequestView, { nowMs, seed, call }: UpstreamContext): ResponseFacts {
  return {
    request: parsedOf(view).request,
    inputTokens: view.model?.inputTokens ?? 0,
    createdAt: unixSeconds(nowMs),
    key: [seed, call],
  }
}

function eventOptions(request: ResponsesRequest, pace: StreamPace, { nowMs }: UpstreamContext): EventOptions {
  return { ...pace, isObfuscated: request.stream_options?.include_obfuscation !== false, beginsAtMs: nowMs }
}

/** The service finds out once it has begun: a stream tells of it in its own events. */
function overflow(facts: ResponseFacts, events: EventOptions, headers: Readonly<Record<string, string>>): Reply {
  if (facts.request?.stream !== true) return invalidRequest(contextExceeded, headers)
  return eventStreamReply(failureEvents(startedResponse(facts), contextExceeded, events), headers)
}

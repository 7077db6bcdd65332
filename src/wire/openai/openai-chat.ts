import type { NetworkRequest } from '../../simulation/network.ts'
import type { ScriptedReply } from '../model-script.ts'
import { type Reply, bodyText, jsonReply } from '../reply.ts'
import type { ScriptedEndpointOptions } from '../scripted-endpoint.ts'
import { ScriptedReplies } from '../scripted-replies.ts'
import { eventStreamReply, isEventStream } from '../sse/event-stream-reply.ts'
import type { RequestView, Upstream, UpstreamContext } from '../upstream.ts'
import { opaqueRequest } from '../upstream.ts'
import { type StreamOptions, chatChunks } from './chat-chunks.ts'
import { chatCompletion, readCompletion, viewCompletion } from './chat-completion.ts'
import { readChatStream } from './chat-stream-reading.ts'
import { type ChatRequest, chatRequestSchema } from './chat-request.ts'
import { pairingProblem, turnMessages, viewRequest } from './chat-history.ts'
import { contextLengthExceeded, errorCodeOf } from './errors.ts'
import { RateLimiter, type RateLimits } from './rate-limits.ts'
import { rateLimitReached } from './rate-limit-error.ts'
import { invalidRequest, withoutKey } from './refused-requests.ts'
import { serviceHeaders } from './service-headers.ts'

/**
 * How a simulated OpenAI endpoint is set up; by default `openai` at `https://api.openai.com`, with a window of 128 000
 * tokens, which messages and completion share.
 */
export interface OpenAiChatOptions extends ScriptedEndpointOptions {
  readonly limits?: RateLimits
}

const path = '/v1/chat/completions'
const defaultLimits: RateLimits = { requestsPerMinute: 5_000, tokensPerMinute: 2_000_000 }

/** OpenAI Chat Completions as the service speaks it: limits, errors, usage and headers included. */
export function openAiChat(options: OpenAiChatOptions): Upstream {
  const { name = 'openai', origin = 'https://api.openai.com', latencyMs = 600, pace = {} } = options
  const windowTokens = options.windowTokens ?? 128_000
  const limiter = new RateLimiter(options.limits ?? defaultLimits)
  const replies = new ScriptedReplies(options.script, name, compose)

  function headers(context: UpstreamContext, processingMs?: number): Record<string, string> {
    return { ...serviceHeaders(context, processingMs), ...limiter.headers(context.nowMs) }
  }

  function compose(reply: ScriptedReply, view: RequestView, context: UpstreamContext): Reply {
    const completion = chatCompletion(reply, {
      model: view.model?.model ?? 'unknown',
      promptTokens: view.model?.inputTokens ?? 0,
      nowMs: context.nowMs,
      key: [context.seed, context.call],
    })
    const answerHeaders = headers(context, latencyMs)
    const composed: Reply =
      view.model?.stream === true
        ? eventStreamReply(chatChunks(completion, streamOptions(view), pace), answerHeaders)
        : jsonReply(200, completion, answerHeaders)
    return replies.saying(composed, viewCompletion(completion))
  }

  function answer(request: ChatRequest, view: RequestView, context: UpstreamContext): Reply {
    const problem = pairingProblem(request.messages)
    if (problem !== null) return invalidRequest({ message: problem, param: 'messages' }, headers(context))
    const promptTokens = view.model?.inputTokens ?? 0
    const completionTokens = request.max_completion_tokens ?? request.max_tokens ?? 0
    if (promptTokens + completionTokens > windowTokens) {
      return contextLengthExceeded(windowTokens, promptTokens, completionTokens, headers(context))
    }
    return replies.answer(turnMessages(request), view, context)
  }

  return {
    name,
    kind: 'model',
    dialect: 'openai.chat',
    origin,
    latencyMs,
    matches: (method, requestPath) => method === 'POST' && requestPath.split('?', 1)[0] === path,
    understand(request) {
      const parsed = parseChatRequest(request.body)
      return parsed === null ? opaqueRequest : { ...opaqueRequest, model: viewRequest(parsed), parsed }
    },
    handle(request, view, context) {
      const refused = refuse(request, view, serviceHeaders(context))
      if (refused !== null) return refused
      const exceeded = limiter.admit(view.model?.inputTokens ?? 0, context.nowMs)
      if (exceeded !== null) {
        return rateLimitReached({ ...exceeded, model: view.model?.model ?? 'unknown', headers: headers(context) })
      }
      return answer(view.parsed as ChatRequest, view, context)
    },
    compose,
    describe(reply) {
      const known = replies.known(reply)
      if (known !== undefined) return known
      const body = bodyText(reply)
      if (reply.status !== 200) return { model: null, errorCode: errorCodeOf(body), decision: null }
      if (isEventStream(reply)) return readChatStream(body)
      return { model: readCompletion(body), errorCode: null, decision: null }
    },
    lost: (reply) => replies.lost(reply),
  }
}

/** The view is of a request that was parsed here. */
function streamOptions({ parsed }: RequestView): StreamOptions {
  return (parsed as ChatRequest | null)?.stream_options ?? {}
}

function parseChatRequest(body: string): ChatRequest | null {
  try {
    const parsed = chatRequestSchema.safeParse(JSON.parse(body))
    return parsed.success ? parsed.data : null
  } catch {
    return null
  }
}

/** The service's answer to a request that it will not even look at. */
function refuse(request: NetworkRequest, view: RequestView, headers: Readonly<Record<string, string>>): Reply | null {
  const message = 'We could not parse the JSON body of your request, or it misses a required field.'
  return withoutKey(request, headers) ?? (view.parsed === null ? invalidRequest({ message }, headers) : null)
}

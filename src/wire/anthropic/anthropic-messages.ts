import type { ModelReplyView } from '../../contract/event.ts'
import type { ScriptedReply } from '../model-script.ts'
import type { ScriptedEndpointOptions } from '../scripted-endpoint.ts'
import { ScriptedReplies } from '../scripted-replies.ts'
import { eventStreamReply, isEventStream } from '../sse/event-stream-reply.ts'
import { type Reply, bodyText, jsonReply } from '../reply.ts'
import type { RequestView, Upstream, UpstreamContext } from '../upstream.ts'
import { opaqueRequest } from '../upstream.ts'
import { contextComplaint } from './context-limit.ts'
import { conversationComplaint } from './conversation-rules.ts'
import { anthropicError, errorCodeOf } from './errors.ts'
import { type ComposedMessage, composeMessage } from './message.ts'
import { messageEvents } from './message-events.ts'
import { readMessageStream } from './message-stream-reading.ts'
import { type MessagesRequest, RefusedRequest, readMessagesRequest } from './messages-request.ts'
import { rateLimitExceeded } from './rate-limit-error.ts'
import { AnthropicRateLimiter, type AnthropicRateLimits } from './rate-limits.ts'
import { readMessage, viewMessage } from './reply-view.ts'
import { turnMessages, viewRequest } from './request-view.ts'
import { refusal } from './refusals.ts'
import { serviceHeaders } from './service-headers.ts'
import { pairingComplaint } from './tool-pairing.ts'

/**
 * How a simulated Anthropic endpoint is set up; by default `anthropic` at `https://api.anthropic.com`, with a window of
 * 200 000 tokens, which prompt and `max_tokens` share.
 */
export interface AnthropicMessagesOptions extends ScriptedEndpointOptions {
  readonly limits?: AnthropicRateLimits
}

const path = '/v1/messages'
const defaultLimits: AnthropicRateLimits = {
  requestsPerMinute: 4_000,
  inputTokensPerMinute: 2_000_000,
  outputTokensPerMinute: 400_000,
}
/** With `max_tokens: 0` the service reads the prompt into its cache and says nothing. */
const nothing: ScriptedReply = { finishReason: 'length' }

/**
 * Anthropic Messages as the service speaks it: limits, errors, usage and headers included.
 *
 * Tokens are an approximation, because the service's tokenizer is not public; nothing is cached, and a reply is not cut
 * at `max_tokens`: a script says so itself with the finish reason `length`.
 */
export function anthropicMessages(options: AnthropicMessagesOptions): Upstream {
  const { name = 'anthropic', origin = 'https://api.anthropic.com', latencyMs = 600, pace = {} } = options
  const windowTokens = options.windowTokens ?? 200_000
  const limiter = new AnthropicRateLimiter(options.limits ?? defaultLimits)
  const replies = new ScriptedReplies(options.script, name, (reply, view, context) => {
    const composed = messageOf(reply, view, context)
    const delivered = deliver(composed, view, context)
    limiter.spendOutput(composed.message.usage.output_tokens)
    return delivered
  })

  function headers(context: UpstreamContext): Record<string, string> {
    return { ...serviceHeaders(context), ...limiter.headers(context.nowMs) }
  }

  function deliver(composed: ComposedMessage, view: RequestView, context: UpstreamContext): Reply {
    const reply =
      view.model?.stream === true
        ? eventStreamReply(messageEvents(composed, pace), headers(context))
        : jsonReply(200, composed.message, headers(context))
    return replies.saying(reply, saidBy(composed, view.model?.stream === true))
  }

  function answer(request: MessagesRequest, view: RequestView, context: UpstreamContext): Reply {
    const complaint =
      conversationComplaint(request.messages) ??
      pairingComplaint(request.messages) ??
      contextComplaint(view.model?.inputTokens ?? 0, request.max_tokens, windowTokens)
    if (complaint !== null) return anthropicError(400, complaint, { headers: headers(context) })
    if (request.max_tokens === 0) return deliver(messageOf(nothing, view, context), view, context)
    return replies.answer(turnMessages(request), view, context)
  }

  return {
    name,
    kind: 'model',
    dialect: 'anthropic.messages',
    origin,
    latencyMs,
    matches: (method, requestPath) => method === 'POST' && requestPath.split('?', 1)[0] === path,
    understand(request) {
      const parsed = readMessagesRequest(request.body)
      return { ...opaqueRequest, model: parsed instanceof RefusedRequest ? null : viewRequest(parsed), parsed }
    },
    handle(request, view, context) {
      const refused = refusal(request, view.parsed as MessagesRequest | RefusedRequest, context)
      if (refused !== null) return refused
      const exceeded = limiter.admit(view.model?.inputTokens ?? 0, context.nowMs)
      if (exceeded === null) return answer(view.parsed as MessagesRequest, view, context)
      return rateLimitExceeded({ ...exceeded, model: view.model?.model ?? 'unknown', headers: headers(context) })
    },
    compose: (reply, view, context) => deliver(messageOf(reply, view, context), view, context),
    describe(reply) {
      const known = replies.known(reply)
      if (known !== undefined) return known
      const body = bodyText(reply)
      if (reply.status !== 200) return { model: null, errorCode: errorCodeOf(body), decision: null }
      if (isEventStream(reply)) return readMessageStream(body)
      return { model: readMessage(body), errorCode: null, decision: null }
    },
    lost: (reply) => replies.lost(reply),
  }
}

/** The view is of a request that was parsed here, or of one that the service would have refused. */
function messageOf(reply: ScriptedReply, { model, parsed }: RequestView, { seed, call }: UpstreamContext) {
  const stopSequences = parsed instanceof RefusedRequest ? null : (parsed as MessagesRequest | null)?.stop_sequences
  return composeMessage(reply, {
    model: model?.model ?? 'unknown',
    inputTokens: model?.inputTokens ?? 0,
    key: [seed, call],
    stopSequences: stopSequences ?? [],
  })
}

/** Only a stream tells the arguments as the model wrote them. */
function saidBy({ message, inputTexts }: ComposedMessage, isStreamed: boolean): ModelReplyView | null {
  const view = viewMessage(message)
  if (view === null || !isStreamed) return view
  const toolCalls = view.toolCalls.map((call, index) => ({ ...call, arguments: inputTexts[index] || call.arguments }))
  return { ...view, toolCalls }
}

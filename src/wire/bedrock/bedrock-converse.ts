import type { NetworkRequest } from '../../simulation/network.ts'
import type { ScriptedReply } from '../model-script.ts'
import { RateLimiter, type RateLimits } from '../openai/rate-limits.ts'
import { type Reply, bodyText, jsonReply } from '../reply.ts'
import type { ScriptedEndpointOptions } from '../scripted-endpoint.ts'
import { ScriptedReplies } from '../scripted-replies.ts'
import { type ReplyView, type RequestView, type Upstream, type UpstreamContext, opaqueRequest } from '../upstream.ts'
import { converseEvents } from './converse-events.ts'
import { conversationProblem, turnMessages, viewRequest } from './converse-history.ts'
import { readConverse, readConverseStream } from './converse-reading.ts'
import { type ConverseRequest, type ReadRequest, operationOf, readBody } from './converse-request.ts'
import { composeConverse, converseBody } from './converse-response.ts'
import { bedrockError, errorCodeOf, serviceHeaders, throttled, tooLong } from './errors.ts'
import { amazonStreamReply, isAmazonStream } from './event-stream.ts'

/**
 * How a simulated Bedrock endpoint is set up; by default `bedrock` at `https://bedrock-runtime.us-east-1.amazonaws.com`,
 * with a window of 200 000 tokens.
 */
export interface BedrockConverseOptions extends ScriptedEndpointOptions {
  readonly limits?: RateLimits
}

const defaultLimits: RateLimits = { requestsPerMinute: 1_000, tokensPerMinute: 2_000_000 }

/**
 * Amazon Bedrock's `Converse` and `ConverseStream` as the service speaks them, for any model: limits, errors and usage
 * included.
 *
 * Tokens are an approximation, because each model has a tokenizer of its own. Signatures are not checked: that a request
 * has one, or a bearer key, is enough.
 */
export function bedrockConverse(options: BedrockConverseOptions): Upstream {
  const { name = 'bedrock', latencyMs = 600, pace = {}, windowTokens = 200_000 } = options
  const { origin = 'https://bedrock-runtime.us-east-1.amazonaws.com' } = options
  const limiter = new RateLimiter(options.limits ?? defaultLimits)
  const replies = new ScriptedReplies(options.script, name, compose)

  function compose(reply: ScriptedReply, { model }: RequestView, context: UpstreamContext): Reply {
    const facts = { inputTokens: model?.inputTokens ?? 0, latencyMs, key: [context.seed, context.call] }
    const composed = composeConverse(reply, facts)
    const headers = serviceHeaders(context)
    const sent =
      model?.stream === true
        ? amazonStreamReply(converseEvents(composed, pace), headers)
        : jsonReply(200, converseBody(composed), headers)
    return replies.saying(sent, describe(sent).model)
  }

  function answer(request: ConverseRequest, view: RequestView, context: UpstreamContext): Reply {
    const isTooLong = (view.model?.inputTokens ?? 0) > windowTokens
    const problem = conversationProblem(request.messages) ?? (isTooLong ? tooLong : null)
    if (problem !== null) return bedrockError('ValidationException', problem, serviceHeaders(context))
    return replies.answer(turnMessages(request), view, context)
  }

  return {
    name,
    kind: 'model',
    dialect: 'bedrock.converse',
    origin,
    latencyMs,
    matches: (method, path) => method === 'POST' && operationOf(path) !== null,
    understand,
    handle(request, view, context) {
      const { body } = view.parsed as ReadRequest
      const headers = serviceHeaders(context)
      if (!request.header('authorization')) {
        return bedrockError('MissingAuthenticationTokenException', 'Missing Authentication Token', headers)
      }
      if (body === null) return bedrockError('ValidationException', malformed, headers)
      const exceeded = limiter.admit(view.model?.inputTokens ?? 0, context.nowMs)
      if (exceeded === null) return answer(body, view, context)
      return bedrockError('ThrottlingException', throttled[exceeded.limit], headers)
    },
    compose,
    describe: (reply) => replies.known(reply) ?? describe(reply),
    lost: (reply) => replies.lost(reply),
  }
}

const malformed = 'The format of the request body is invalid: check it against the reference of Converse.'

function understand({ url, body }: NetworkRequest): RequestView {
  const operation = operationOf(new URL(url).pathname)
  if (operation === null) return opaqueRequest
  const request = readBody(body)
  const parsed: ReadRequest = { ...operation, body: request }
  return { ...opaqueRequest, model: request && viewRequest(request, operation), parsed }
}

function describe(reply: Reply): ReplyView {
  const { status, body } = reply
  if (status !== 200) return { model: null, errorCode: errorCodeOf(reply), decision: null }
  if (!isAmazonStream(reply)) return { model: readConverse(bodyText(reply)), errorCode: null, decision: null }
  return readConverseStream(
    typeof body === 'string' ? Buffer.from(body) : Buffer.concat(body.map(({ bytes }) => bytes)),
  )
}

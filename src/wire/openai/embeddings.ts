import { type Reply, bodyText, jsonReply } from '../reply.ts'
import { type Upstream, type UpstreamContext, opaqueReply, opaqueRequest } from '../upstream.ts'
import {
  type EmbeddingInput,
  type EmbeddingRequest,
  embeddingInputs,
  embeddingRequestSchema,
} from './embedding-request.ts'
import { embeddingVector, vectorBase64, vectorNumbers } from './embedding-vectors.ts'
import { errorCodeOf } from './errors.ts'
import { rateLimitReached } from './rate-limit-error.ts'
import { RateLimiter, type RateLimits } from './rate-limits.ts'
import { invalidRequest, withoutKey } from './refused-requests.ts'
import { serviceHeaders } from './service-headers.ts'

/** How a simulated OpenAI endpoint for embeddings is set up. */
export interface OpenAiEmbeddingsOptions {
  /** Name in traces and reports; default `openai-embeddings`. */
  readonly name?: string
  /** Default `https://api.openai.com`. */
  readonly origin?: string
  /** Dimensions of a vector where a request names none; default 3 072 for `text-embedding-3-large`, else 1 536. */
  readonly dimensions?: number
  /** The most tokens of one input; default 8 192. */
  readonly windowTokens?: number
  /** Virtual milliseconds of an undisturbed call; default 120. */
  readonly latencyMs?: number
  readonly limits?: RateLimits
}

const path = '/v1/embeddings'

/**
 * OpenAI Embeddings as the service speaks it: limits, errors, usage and headers included.
 *
 * Vectors depend on the words of the text and on nothing else, so that a search by likeness finds texts that share
 * words with the question, in every trial alike. Tokens are counted in the encoding of current chat models, which gives
 * about as many as that of the embedding models.
 * Source of the shape: openai-node 7 (`CreateEmbeddingResponse`).
 */
export function openAiEmbeddings(options: OpenAiEmbeddingsOptions = {}): Upstream {
  const { name = 'openai-embeddings', origin = 'https://api.openai.com', latencyMs = 120 } = options
  const windowTokens = options.windowTokens ?? 8_192
  const limiter = new RateLimiter(options.limits ?? { requestsPerMinute: 5_000, tokensPerMinute: 5_000_000 })

  function headers(context: UpstreamContext, processingMs?: number): Record<string, string> {
    return { ...serviceHeaders(context, processingMs), ...limiter.headers(context.nowMs) }
  }

  return {
    name,
    kind: 'other',
    origin,
    latencyMs,
    matches: (method, requestPath) => method === 'POST' && requestPath.split('?', 1)[0] === path,
    understand: ({ body }) => ({ ...opaqueRequest, parsed: readBody(body) }),
    handle(request, { parsed }, context) {
      const refused = withoutKey(request, serviceHeaders(context))
      if (refused !== null) return refused
      const { request: embedding, problem: refusal } = parsed as ReadBody
      if (embedding === null) return invalidRequest({ message: refusal }, serviceHeaders(context))
      const inputs = embeddingInputs(embedding)
      const tokens = inputs.reduce((sum, input) => sum + input.tokens, 0)
      const exceeded = limiter.admit(tokens, context.nowMs)
      if (exceeded !== null) {
        return rateLimitReached({ ...exceeded, model: embedding.model, headers: headers(context) })
      }
      const native = options.dimensions ?? nativeDimensions(embedding.model)
      const problem = dimensionsProblem(embedding, native) ?? lengthProblem(inputs, windowTokens)
      if (problem !== null) return invalidRequest({ message: problem }, headers(context))
      return embeddings(embedding, inputs, embedding.dimensions ?? native, headers(context, latencyMs))
    },
    describe: (reply) =>
      reply.status === 200 ? opaqueReply : { ...opaqueReply, errorCode: errorCodeOf(bodyText(reply)) },
  }
}

function embeddings(
  { model, encoding_format: format }: EmbeddingRequest,
  inputs: readonly EmbeddingInput[],
  dimensions: number,
  headers: Readonly<Record<string, string>>,
): Reply {
  const data = inputs.map(({ text }, index) => {
    const vector = embeddingVector(text, dimensions)
    return { object: 'embedding', index, embedding: format === 'base64' ? vectorBase64(vector) : vectorNumbers(vector) }
  })
  const tokens = inputs.reduce((sum, input) => sum + input.tokens, 0)
  return jsonReply(
    200,
    { object: 'list', data, model, usage: { prompt_tokens: tokens, total_tokens: tokens } },
    headers,
  )
}

function nativeDimensions(model: string): number {
  return model === 'text-embedding-3-large' ? 3_072 : 1_536
}

/** A body as a request, or what the service says of one that is none. */
type ReadBody =
  { readonly request: EmbeddingRequest; readonly problem: null } | { readonly request: null; readonly problem: string }

/** Source of the words: error bodies in public issue threads (aryn-ai/sycamore#943, agentic#530). */
function readBody(body: string): ReadBody {
  let json: unknown
  try {
    json = JSON.parse(body)
  } catch {
    return { request: null, problem: 'We could not parse the JSON body of your request.' }
  }
  const parsed = embeddingRequestSchema.safeParse(json)
  if (parsed.success) return { request: parsed.data, problem: null }
  const field = String(parsed.error.issues[0]?.path[0] ?? 'input')
  if (field === 'model') return { request: null, problem: 'you must provide a model parameter' }
  return {
    request: null,
    problem: `'$.${field}' is invalid. Please check the API reference: https://platform.openai.com/docs/api-reference.`,
  }
}

/** Source of the words: error bodies in public issue threads (SciPhi-AI/R2R#768). */
function dimensionsProblem({ model, dimensions }: EmbeddingRequest, native: number): string | null {
  if (dimensions === undefined || dimensions === null) return null
  if (model === 'text-embedding-ada-002') return 'This model does not support specifying dimensions.'
  if (dimensions <= native) return null
  return `Invalid value for 'dimensions' = ${dimensions}. Must be less than or equal to ${native}.`
}

/** Source of the words: error bodies in public issue threads (pingcap/autoflow#265). */
function lengthProblem(inputs: readonly EmbeddingInput[], windowTokens: number): string | null {
  const tooLong = inputs.find(({ tokens }) => tokens > windowTokens)
  if (tooLong === undefined) return null
  return `This model's maximum context length is ${windowTokens} tokens, however you requested ${tooLong.tokens} tokens (${tooLong.tokens} in your prompt; 0 for the completion). Please reduce your prompt; or completion length.`
}

import type { Fault } from '../contract/fault.ts'
import type { Json, JsonObject } from '../contract/json.ts'
import { catalogue } from '../faults/catalogue.ts'
import { grouped, quantity } from '../results/quantity.ts'
import { describeOccurrences, describeTrigger } from './describe-trigger.ts'
import { exactSpan } from './span.ts'

/** Tells what happens to one call, as the rest of a sentence. */
type Predicate = (parameter: Reader) => string

/** Reads one parameter as words; throws {@link Missing} where it is absent. */
interface Reader {
  readonly text: (name: string) => string
  readonly span: (name: string) => string
  readonly demand: () => string
  /** The frames of a stream behind which something happens. */
  readonly frames: () => string
  readonly has: (name: string) => boolean
}

const limited = 'is answered 429 rate_limit_exceeded'

const predicates: ReadonlyMap<string, Predicate> = new Map<string, Predicate>([
  ['tool.error', ({ text }) => `is answered ${text('status')}, and the back end has done nothing`],
  ['tool.success_then_error', ({ text }) => `does its work and is then answered ${text('status')}`],
  ['tool.success_then_silence', () => 'does its work and is never answered'],
  ['tool.429', ({ text }) => `is answered 429, to be retried after ${text('retryAfterSeconds')} s`],
  ['tool.not_found', () => 'is answered 404'],
  ['net.refused', () => 'finds its connection refused (ECONNREFUSED), and nothing was sent'],
  [
    'net.reset',
    ({ text }) => `is cut off (ECONNRESET) ${text('isWorkDone') === 'true' ? 'after' : 'before'} its work is done`,
  ],
  ['tool.empty', () => 'is answered 200 with an empty object'],
  ['tool.truncated', () => 'is answered with JSON that is cut in half'],
  ['tool.html', () => 'is answered 502 with an HTML page'],
  ['latency.fixed', ({ span }) => `is answered ${span('ms')} late`],
  ['latency.uniform', ({ span }) => `is answered ${span('minMs')} to ${span('maxMs')} late`],
  [
    'latency.lognormal',
    ({ span }) => `is answered late, by a median of ${span('p50Ms')} and a 99th percentile of ${span('p99Ms')}`,
  ],
  ['net.close', () => 'has its connection closed without an answer'],
  ['net.hang.headers', () => 'is accepted and never answered'],
  ['net.hang.connect', () => 'finds no connection within 10 s, and nothing was sent'],
  ['openai.429.tpm', ({ span }) => `${limited} for its tokens per minute, to be retried after ${span('waitMs')}`],
  ['openai.429.rpm', ({ span }) => `${limited} for its requests per minute, to be retried after ${span('waitMs')}`],
  ['openai.429.bare', () => `${limited} without any hint how long to wait`],
  ['openai.429.quota', () => 'is answered 429 insufficient_quota'],
  ['openai.429.billing', ({ text }) => `is answered 429 insufficient_quota with the code ${text('code')}`],
  ['openai.429.slow_down', () => 'is answered 429 slow_down'],
  ['retry-after', ({ text }) => `${limited} with a Retry-After of the form ${text('form')}`],
  ['openai.500', () => 'is answered 500 server_error'],
  ['openai.502', () => 'is answered 502 with an HTML page'],
  [
    'openai.503',
    ({ text, has }) =>
      `is answered 503 server_is_overloaded${has('retryAfterSeconds') ? `, to be retried after ${text('retryAfterSeconds')} s` : ''}`,
  ],
  ['openai.504', () => 'is answered 504 with an HTML page'],
  ['openai.400', () => 'is answered 400 invalid_request_error'],
  ['openai.401', () => 'is answered 401 invalid_api_key'],
  ['openai.403', () => 'is answered 403 request_forbidden'],
  ['openai.404', () => 'is answered 404 model_not_found'],
  ['openai.422', () => 'is answered 422, as a request that does not fit'],
  ['sse.cut.chunked', ({ frames }) => `has its stream cut off (other side closed) after ${frames()}`],
  ['sse.cut.reset', ({ frames }) => `has its stream cut off (ECONNRESET) after ${frames()}`],
  ['sse.cut.close', ({ frames }) => `has its stream end without an error inside the frame after ${frames()}`],
  ['sse.cut.clean', ({ frames }) => `has its stream end properly after ${frames()}, without a finish reason`],
  ['sse.stall', ({ frames }) => `has its stream fall silent after ${frames()}`],
  ['sse.nodone', () => 'is streamed whole but for its [DONE]'],
  ['sse.slow_first', ({ span }) => `is streamed with its first frame ${span('ms')} late`],
  ['sse.slow_tokens', ({ span }) => `is streamed with ${span('ms')} more between its frames`],
  ['sse.error.openai.chat', ({ frames }) => `is streamed with an error frame in place of the rest after ${frames()}`],
  ['sse.malformed', ({ frames }) => `is streamed with a frame that is no JSON after ${frames()}`],
  [
    'sse.frames.split',
    ({ text }) =>
      `is streamed in pieces of at most ${text('pieceBytes')} bytes, ${text('framesTogether')} frames at a time, with line ends ${text('lineEnd')}`,
  ],
  ['sse.utf8.split', () => 'is streamed with its characters of several bytes split'],
  ['sse.dup', ({ frames }) => `is streamed with the frame after ${frames()} twice`],
  ['sse.done_then_more', () => 'is streamed with one more frame after [DONE]'],
  [
    'sse.comment',
    ({ frames, text, span }) =>
      `is streamed with ${text('count')} keep-alive comments, ${span('everyMs')} apart, after ${frames()}`,
  ],
  [
    'sse.error.anthropic',
    ({ frames, text }) => `is streamed with an error event (${text('status')}) after ${frames()}`,
  ],
  ['sse.order', ({ text }) => `is streamed with its events out of order: ${text('form')}`],
  [
    'sse.error.responses.nested',
    ({ frames }) => `is streamed with an error event and a failed response after ${frames()}`,
  ],
  [
    'sse.error.responses.flat',
    ({ frames }) => `is streamed with an error event in place of the rest after ${frames()}`,
  ],
  ['sse.failed.responses', ({ frames, text }) => `has its response fail with ${text('code')} after ${frames()}`],
  [
    'anthropic.429',
    ({ text }) =>
      `is answered 429 rate_limit_error for its ${text('limit')}, to be retried after ${text('waitSeconds')} s`,
  ],
  ['anthropic.429.spend', () => 'is answered 429 enforced_spend_limit_reached'],
  ['anthropic.400.spend', () => 'is answered 400 for the spend limit of its workspace'],
  ['anthropic.402', () => 'is answered 402 billing_error'],
  ['anthropic.500', () => 'is answered 500 api_error'],
  ['anthropic.504', () => 'is answered 504 timeout_error'],
  ['anthropic.529', () => 'is answered 529 overloaded_error'],
  ['anthropic.401', () => 'is answered 401 authentication_error'],
  ['anthropic.403', () => 'is answered 403 permission_error'],
  ['anthropic.404', () => 'is answered 404 not_found_error'],
  ['anthropic.409', () => 'is answered 409 conflict_error'],
  ['anthropic.413', ({ text }) => `is answered 413 as too large, in ${text('form')}`],
  ['anthropic.400.pairing', () => 'is answered 400 for a tool call without its result'],
  ['anthropic.400.context', ({ text }) => `is answered 400 for a prompt beyond ${text('windowTokens')} tokens`],
  [
    'anthropic.400.max_tokens',
    ({ text }) => `is answered 400 for a prompt and max_tokens beyond ${text('windowTokens')} tokens`,
  ],
  ['finish.length', () => 'is answered with a text that is cut at the limit of tokens'],
  [
    'finish.length+tool',
    ({ text }) => `is answered with the arguments of a tool call cut, under the finish reason ${text('finishReason')}`,
  ],
  ['finish.content_filter', ({ text }) => `is answered through a content filter that keeps ${text('keeps')}`],
  ['refusal', () => 'is declined by the model'],
  ['empty.content', ({ text }) => `is answered with nothing (${text('form')}) as the end of the turn`],
  ['finish.mismatch', () => 'is answered with a finish reason that contradicts the reply'],
  ['stop.pause_turn', () => 'is answered with a paused turn'],
  ['stop.window', () => 'is answered with the context window full'],
  ['tool.unknown', ({ text }) => `is answered with a call of a tool that was not offered: ${text('name')}`],
  ['tool.badjson', ({ text }) => `is answered with arguments of a tool that are no JSON object: ${text('form')}`],
  ['tool.schema', ({ text }) => `is answered with arguments of a tool against its schema: ${text('form')}`],
  ['tool.dup_id', ({ text }) => `is answered with a wrong identifier of a tool call: ${text('form')}`],
  ['tool.flood', ({ text }) => `is answered with ${text('calls')} equal tool calls`],
  ['tool.as_text', () => 'is answered with a tool call in its text alone'],
  ['empty.choices', () => 'is answered with an empty list of what the model said'],
  ['usage', ({ text }) => `is answered with a usage that is wrong: ${text('form')}`],
  ['model.swapped', ({ text }) => `is answered by another model, ${text('model')}`],
  ['body.invalid_json', ({ text }) => `is answered with a body that is no JSON: ${text('form')}`],
  ['body.wrong_type', () => 'is answered with an HTML page to sign in'],
  ['body.missing_fields', () => 'is answered with a body without what the model said'],
  ['body.huge', ({ text }) => `is answered with ${text('kibibytes')} KiB too many`],
  [
    'openai.400.context',
    ({ text }) => `is answered 400 context_length_exceeded for a window of ${text('windowTokens')} tokens`,
  ],
  [
    'openai.400.context.completion',
    ({ text }) =>
      `is answered 400 context_length_exceeded, messages and completion together, for a window of ${text('windowTokens')} tokens`,
  ],
  [
    'deepseek.400.context',
    ({ text }) => `is answered 400 invalid_request_error for a full window of ${text('windowTokens')} tokens`,
  ],
  ['context.huge_tool_result', ({ text }) => `is answered with ${text('words')} words too many`],
  ['policy.forbidden_tool', ({ demand }) => `is answered with a call of the forbidden tool ${demand()}`],
  ['policy.gated_tool', ({ demand }) => `is answered with a call of the gated tool ${demand()}, which nobody approved`],
  [
    'policy.canary_in_arguments',
    ({ text }) => `is answered with a call of ${text('tool')} that carries the secret ${text('secret')}`,
  ],
  [
    'policy.planted_instruction',
    ({ demand }) => `is answered with a planted instruction to call ${demand()}, which the model then follows once`,
  ],
])

class Missing extends Error {}

/**
 * One fault of a plan as a sentence without its full stop: `the 2nd call of the model openai is answered 429 …`.
 *
 * A fault without words of its own, or with parameters that are not its own, is described by the catalogue's summary.
 */
export function describeFault({ id, target, trigger, parameters, only }: Fault): string {
  const calls = only === undefined ? describeTrigger(trigger, target) : describeOccurrences(only, target)
  return `${calls} ${predicate(id, parameters)}`
}

function predicate(id: string, parameters: JsonObject): string {
  try {
    const words = predicates.get(id)?.(readerOf(parameters))
    if (words !== undefined) return words
  } catch (error) {
    if (!(error instanceof Missing)) throw error
  }
  const summary = catalogue.find((member) => member.id === id)?.summary
  const details = Object.keys(parameters).length > 0 ? ` ${JSON.stringify(parameters)}` : ''
  return `meets ${id}${summary === undefined ? '' : `: ${summary}`}${details}`
}

function readerOf(parameters: JsonObject): Reader {
  const read = (name: string): Json => {
    const value = Object.hasOwn(parameters, name) ? parameters[name] : undefined
    if (value === undefined) throw new Missing(name)
    return value
  }
  const text = (name: string) => inWords(read(name))
  return {
    text,
    span(name) {
      const value = read(name)
      if (typeof value !== 'number') throw new Missing(name)
      return exactSpan(value)
    },
    demand: () => `${text('tool')} ${text('arguments')}`,
    frames() {
      const count = read('afterFrames')
      if (typeof count !== 'number') throw new Missing('afterFrames')
      return quantity(count, 'frame')
    },
    has: (name) => Object.hasOwn(parameters, name),
  }
}

function inWords(value: Json): string {
  if (typeof value === 'string') return value
  return typeof value === 'number' ? grouped(value) : JSON.stringify(value)
}

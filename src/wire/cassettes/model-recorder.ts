import { realClock } from '../../simulation/real-clock.ts'
import type { Interference, InterferencePort, UpstreamCall } from '../interference.ts'
import type { Reply } from '../reply.ts'
import type { ModelCassette, RecordedExchange } from './model-cassette-schema.ts'
import { recordedReplyBody, recordedRequestBody } from './recorded-body.ts'
import { type Redact, credentialsOf, redactor } from './redact-secrets.ts'
import { recordedPath } from './recorded-path.ts'

/** The headers of an answer that are kept: those that clients act on and none that tells of an account. */
const kept =
  /^(content-type|retry-after(-ms)?|x-should-retry|x-request-id|request-id|openai-version|openai-processing-ms|(x|anthropic)-ratelimit-.*|x-amzn-(errortype|requestid)|transfer-encoding)$/

/** The headers of a request that choose a version of the interface. */
const versions = ['anthropic-version', 'anthropic-beta', 'openai-beta', 'openai-version']

/**
 * Writes down what a provider answers, as the port through which a proxy's calls go; it changes nothing.
 *
 * A reply that breaks off is not recorded, nor what is no call of a model.
 */
export class ModelRecorder implements InterferencePort {
  readonly #exchanges: RecordedExchange[] = []
  readonly #onRecorded: (exchange: RecordedExchange) => void
  readonly #secrets: readonly string[]
  readonly #seen = new Set<string>()

  /**
   * @param secrets values that must not be written, besides the credentials of the requests themselves
   * @param onRecorded told of each exchange
   */
  constructor(secrets: readonly string[], onRecorded: (exchange: RecordedExchange) => void) {
    this.#secrets = secrets
    this.#onRecorded = onRecorded
  }

  interfere(call: UpstreamCall): readonly Interference[] {
    if (call.upstream.kind !== 'model') return []
    const sentMs = realClock.monotonicMs()
    for (const value of credentialsOf(call.request.header, call.request.url)) this.#seen.add(value)
    const afterwards = (reply: Reply): Reply => {
      this.#record(call, reply, realClock.monotonicMs() - sentMs)
      return reply
    }
    return [{ fault: 0, id: 'recording', demanded: null, afterwards, tookHold: () => {} }]
  }

  /** What has been recorded of one provider so far. */
  cassette(origin: string): ModelCassette {
    const recordedOn = realClock.today()
    return { format: 'shakedown model cassette 1', origin, recordedOn, exchanges: [...this.#exchanges] }
  }

  #record({ request }: UpstreamCall, { status, headers, body }: Reply, tookMs: number): void {
    const redact: Redact = redactor([...this.#secrets, ...this.#seen])
    const bodyMs = typeof body === 'string' ? 0 : body.reduce((sum, { afterMs }) => sum + afterMs, 0)
    const exchange: RecordedExchange = {
      request: {
        method: request.method,
        path: recordedPath(request.url),
        headers: Object.fromEntries(versions.flatMap((name) => asEntries(name, request.header(name)))),
        body: recordedRequestBody(request.body, redact),
      },
      reply: {
        status,
        headers: Object.fromEntries(Object.entries(headers).filter(([name]) => kept.test(name))),
        latencyMs: Math.max(0, Math.round(tookMs - bodyMs)),
        body: recordedReplyBody(body, redact),
      },
    }
    this.#exchanges.push(exchange)
    this.#onRecorded(exchange)
  }
}

function asEntries(name: string, value: string | null): readonly (readonly [string, string])[] {
  return value === null ? [] : [[name, value]]
}

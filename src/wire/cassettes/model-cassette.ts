import { isDeepStrictEqual } from 'node:util'
import { usageError } from '../../contract/errors.ts'
import type { Json } from '../../contract/json.ts'
import type { NetworkRequest } from '../../simulation/network.ts'
import { guessed, upstreamsOf } from '../proxy/dialects.ts'
import { type Reply, jsonReply } from '../reply.ts'
import type { Upstream } from '../upstream.ts'
import { differenceWords, firstDifference, without } from './first-difference.ts'
import type { ModelCassette, RecordedExchange, RecordedReply } from './model-cassette-schema.ts'
import { readModelCassette } from './read-model-cassette.ts'
import { recordedRequestBody, replayedBody } from './recorded-body.ts'
import { recordedPath } from './recorded-path.ts'
import { redactor } from './redact-secrets.ts'

/** How a model cassette is replayed. */
export interface ModelCassetteOptions {
  /** A file that `shakedown record` wrote. */
  readonly file: string | URL
  /** Unique in the scenario; faults aim at it; default the host of the provider. */
  readonly name?: string
  /** Places of the request that may differ from the recorded one, e.g. `metadata.trace_id`; lists are taken whole. */
  readonly ignore?: readonly string[]
  /** Replays an exchange as often as it is asked for; default false, which uses each once. */
  readonly persist?: boolean
}

/**
 * A model endpoint that replays what a live provider answered once, with the times between the pieces of its streams.
 *
 * A request is answered by the first exchange of the same path and body, not yet used, secrets aside. What nobody
 * recorded gets a 501 that names the first place at which it differs from the recording that comes next: the prompt,
 * a tool or a model has changed since, and the cassette has to be recorded anew. Faults strike it like any endpoint.
 *
 * @throws {ShakedownError} of kind `usage` naming the file, the field and its value
 */
export function modelCassette(options: ModelCassetteOptions): Upstream {
  const { ignore = [], persist = false } = options
  const [place, cassette] = readModelCassette(options.file)
  const endpoint = endpointOf(place, cassette, options.name)
  const used = new Set<RecordedExchange>()
  const redact = redactor([])

  function replay({ url, body }: NetworkRequest): Reply {
    const path = recordedPath(url)
    const sent = without(recordedRequestBody(body, redact), ignore)
    const left = cassette.exchanges.filter((exchange) => persist || !used.has(exchange))
    const found = left.find(
      ({ request }) => request.path === path && isDeepStrictEqual(without(request.body, ignore), sent),
    )
    if (found === undefined) return unrecorded(place, path, left[0], sent, ignore)
    used.add(found)
    return replayed(found.reply)
  }
  const paths = new Set(cassette.exchanges.map(({ request }) => request.path.split('?', 1)[0]))
  return {
    ...endpoint,
    latencyMs: 0,
    matches: (method, path) => method === 'POST' && paths.has(path.split('?', 1)[0]),
    handle: replay,
  }
}

function endpointOf(place: string, { origin, exchanges }: ModelCassette, name: string | undefined): Upstream {
  const at = upstreamsOf({ name: name ?? new URL(origin).hostname, origin }, guessed)
  const spoken = new Set(exchanges.map(({ request }) => at(request.path)))
  const [endpoint] = spoken
  if (endpoint?.kind === 'model' && spoken.size === 1) return endpoint
  throw usageError(
    'CASSETTE',
    `${place} holds ${spoken.size === 0 ? 'no exchange' : 'requests in several dialects, or in none that is known'}; record the calls of one model endpoint.`,
  )
}

function replayed({ status, headers, latencyMs, body }: RecordedReply): Reply {
  return { status, headers, body: replayedBody(body), afterMs: latencyMs }
}

function unrecorded(
  place: string,
  path: string,
  next: RecordedExchange | undefined,
  sent: Json,
  ignore: readonly string[],
): Reply {
  const difference = next && firstDifference(without(next.request.body, ignore), sent)
  const reason =
    next === undefined || difference === null || difference === undefined
      ? 'every recorded exchange has been used'
      : differenceWords(difference)
  return jsonReply(501, {
    code: 'SHAKEDOWN_NOT_RECORDED',
    message: `${place} has no recording of this request to ${path}: ${reason}; record it anew, or name what may differ in ignore.`,
  })
}

import type { NetworkRequest } from '../simulation/network.ts'
import { type Reply, jsonReply } from './reply.ts'
import { type Upstream, opaqueReply, opaqueRequest } from './upstream.ts'

/** How the service that takes telemetry, or the steps of the agent, is set up. */
export interface TelemetryCollectorOptions {
  /** Its base, e.g. `https://telemetry.test`; every path below is taken, such as OTLP's `/v1/traces`. */
  readonly url: string
  /** Default `telemetry`. */
  readonly name?: string
  /** Virtual milliseconds of an undisturbed answer; default 10. */
  readonly latencyMs?: number
}

/**
 * A collector of telemetry that takes whatever is posted or put: spans, metrics and logs as OTLP over HTTP, or the lines
 * of a step log. It answers as OTLP demands, with an empty message in the encoding of the request.
 *
 * Source: https://opentelemetry.io/docs/specs/otlp/#otlphttp-response
 */
export function telemetryCollector({ url, name = 'telemetry', latencyMs = 10 }: TelemetryCollectorOptions): Upstream {
  const { origin, pathname } = new URL(url)
  const base = pathname.replace(/\/$/, '')
  return {
    name,
    kind: 'telemetry',
    origin,
    latencyMs,
    matches: (method, path) => (method === 'POST' || method === 'PUT') && isBelow(path, base),
    understand: () => opaqueRequest,
    handle: (request) => taken(request),
    describe: () => opaqueReply,
  }
}

function isBelow(path: string, base: string): boolean {
  return path === base || path.startsWith(`${base}/`)
}

function taken({ header }: NetworkRequest): Reply {
  const type = header('content-type') ?? ''
  if (!type.startsWith('application/x-protobuf')) return jsonReply(200, {})
  return { status: 200, headers: { 'content-type': 'application/x-protobuf' }, body: '' }
}

import type { UpstreamCall } from '../../src/wire/interference.ts'
import { opaqueRequest } from '../../src/wire/upstream.ts'
import { model, refunds } from './_strike.ts'

const upstreams = { model: model(), tool: refunds() }

/** A call as an injector sees it, without a world around it. */
export function callOf(kind: keyof typeof upstreams, call: number, nowMs: number, name?: string): UpstreamCall {
  const upstream = { ...upstreams[kind], ...(name === undefined ? {} : { name }) }
  const request = { method: 'POST', url: upstream.origin, header: () => null, body: '', signal: null }
  return { upstream, call, task: 0, nowMs, request, view: opaqueRequest }
}

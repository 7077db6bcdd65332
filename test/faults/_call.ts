import type { UpstreamKind } from '../../src/contract/upstream-kind.ts'
import type { UpstreamCall } from '../../src/wire/interference.ts'
import type { Seam } from '../../src/wire/seam.ts'
import { opaqueRequest } from '../../src/wire/upstream.ts'
import { model, refunds } from './_strike.ts'

const upstreams = { model: model(), tool: refunds() }

/** A call as an injector sees it, without a world around it. */
export function callOf(kind: UpstreamKind, call: number, nowMs: number, name?: string, seam?: Seam): UpstreamCall {
  const named = { ...(name === undefined ? {} : { name }), ...(seam === undefined ? {} : { seam }) }
  const upstream = { ...upstreams[kind === 'model' ? 'model' : 'tool'], kind, ...named }
  const request = { method: 'POST', url: upstream.origin, header: () => null, body: '', signal: null }
  return { upstream, call, task: 0, nowMs, request, view: opaqueRequest }
}

import { z } from 'zod'
import { parseInput } from '../../contract/parse.ts'
import { type UpstreamKind, upstreamKinds } from '../../contract/upstream-kind.ts'
import { type Upstream, opaqueReply, opaqueRequest } from '../upstream.ts'

/** A function in the agent's own process, as faults aim at it. */
export interface LocalFunction {
  /** What it is to the agent: a `tool`, a `store`, a `policy`, `telemetry` …; models are reached over HTTP. */
  readonly kind: Exclude<UpstreamKind, 'model'>
  /** Unique among the upstreams of the scenario; faults aim at it. */
  readonly name: string
  /** Whether its callers take what it returns without awaiting it: then no fault makes it slow or gives a promise. Default false. */
  readonly synchronous?: boolean
}

const localFunctionSchema = z.object({
  kind: z.enum(upstreamKinds).exclude(['model']),
  name: z.string().min(1),
  synchronous: z.boolean().default(false),
})

/**
 * Tells a scenario of a function that the agent has made open to faults with `faultable`.
 *
 * A scenario need not list its functions among its upstreams. Where it does, a search leaves out the faults that cannot
 * strike them, such as those of HTTP, instead of drawing them in vain.
 *
 * @throws {ShakedownError} of kind `usage` for a kind or name that is none
 */
export function localFunction(target: LocalFunction): Upstream {
  const { kind, name, synchronous } = checkedFunction(target)
  return {
    name,
    kind,
    seam: synchronous ? 'synchronous function' : 'function',
    origin: `function:${name}`,
    latencyMs: 0,
    matches: () => false,
    understand: () => opaqueRequest,
    handle: () => ({ silence: true }),
    describe: () => opaqueReply,
  }
}

/** @throws {ShakedownError} of kind `usage` for a kind or name that is none */
export function checkedFunction(target: LocalFunction): Required<LocalFunction> {
  const remedy = `give it a kind, one of ${localFunctionSchema.shape.kind.options.join(', ')}, and a name`
  return parseInput(localFunctionSchema, target, 'a function open to faults', remedy)
}

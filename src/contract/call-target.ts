import { z } from 'zod'
import { upstreamKinds } from './upstream-kind.ts'

/** The upstreams that a rule of the agent's speaks of: a kind, and a name or `*` for all of that kind. */
export const callTargetSchema = z.strictObject({
  kind: z.enum(upstreamKinds),
  name: z.string().min(1).default('*'),
})

export type CallTarget = z.output<typeof callTargetSchema>

/** Whether a rule that names these targets speaks of an upstream. */
export function isTargeted(targets: readonly CallTarget[], upstream: { kind: string; upstream: string }): boolean {
  return targets.some(({ kind, name }) => kind === upstream.kind && (name === '*' || name === upstream.upstream))
}

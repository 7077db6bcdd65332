import { epochMs } from '../../../src/contract/epoch.ts'
import type { Claims, Refusal } from '../../../src/contract/outcome.ts'
import type { ProfileInput } from '../../../src/contract/profile.ts'
import type { TraceBuilder } from '../_trace.ts'

/** Primary, kept answers, another endpoint, fixed text. */
export const chain = [
  { source: 'primary', upstream: 'openai', model: 'gpt' },
  { source: 'cache', cache: { maxStaleMs: 60_000 } },
  { source: 'backup', upstream: 'backup', model: 'mini', windowTokens: 100 },
  { source: 'template' },
]
export const profile: ProfileInput = { fallback: { chain } }

/** A request to the second model source. */
export const askBackup = (trace: TraceBuilder, task = 0, view: Parameters<TraceBuilder['model']>[0] = {}): number =>
  trace.model({ model: 'mini', ...view }, { task, upstream: 'backup' })

export const askPrimary = (trace: TraceBuilder, task = 0, view: Parameters<TraceBuilder['model']>[0] = {}): number =>
  trace.model(view, { task })

/** A request to the primary that is answered so. */
export function primaryFails(trace: TraceBuilder, status = 500, task = 0): number {
  const call = askPrimary(trace, task)
  trace.after(100).answer(call, status)
  return call
}

export const from = (source: string, more: Partial<Claims> = {}): { claims: Claims } => ({
  claims: { source, ...more },
})
export const asOf = (virtualMs: number): number => epochMs + virtualMs
export const refusal = (upstream: string, virtualMs: number, by: Refusal['by'] = 'breaker'): Refusal => ({
  ...{ upstream, by, atMs: epochMs + virtualMs },
})

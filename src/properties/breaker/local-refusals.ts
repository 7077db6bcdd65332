import { isTargeted } from '../../contract/call-target.ts'
import { epochMs } from '../../contract/epoch.ts'
import type { TaskEnded } from '../../contract/event.ts'
import type { Refusal } from '../../contract/outcome.ts'
import type { Profile } from '../../contract/profile.ts'
import type { TaskNotes } from './task-book.ts'
import { stoppedInFailure } from './task-book.ts'

/** The refusals by breakers that an outcome claims, at the virtual times that it claims. */
export function claimedRefusals(
  { outcome }: TaskEnded,
  by: Refusal['by'] = 'breaker',
): readonly (Refusal & { at: number })[] {
  return (outcome.claims?.refusals ?? [])
    .filter((refusal) => refusal.by === by)
    .map((refusal) => ({ ...refusal, at: refusal.atMs - epochMs }))
}

/**
 * The upstream that must have been refused to a task whose agent claims nothing of refusals; null where none need be.
 *
 * The task wanted a model: it had started and never called the primary, or tool results were outstanding. It was not
 * cancelled and its deadline had not passed. It ended in a failure, or with an answer from further down the declared
 * chain. Where a bulkhead or a rate limit guards the same upstream, that may have refused as well.
 */
export function inferredRefusal(
  event: TaskEnded,
  notes: TaskNotes,
  profile: Profile,
  primary: string | null,
): string | null {
  if (event.outcome.claims?.refusals !== undefined || primary === null || notes.isCancelled) return null
  const { taskMs = Infinity } = profile.timeouts ?? {}
  if (event.at - notes.startedAt >= taskMs || notes.startedSeq < 0) return null
  const others = [...(profile.bulkheads ?? []), ...(profile.rateLimits ?? [])]
  if (others.some(({ guards }) => isTargeted(guards, { kind: 'model', upstream: primary }))) return null
  const hasCalled = (notes.requests.get(primary) ?? 0) > 0
  if (hasCalled && !notes.isOwed) return null
  return stoppedInFailure(event) || (!hasCalled && cameFromFallback(event, profile)) ? primary : null
}

function cameFromFallback({ outcome }: TaskEnded, { fallback }: Profile): boolean {
  const source = outcome.claims?.source
  return fallback?.chain.some((entry, index) => index > 0 && entry.source === source) ?? false
}

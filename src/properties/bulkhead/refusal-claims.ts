import { epochMs } from '../../contract/epoch.ts'
import type { TaskEnded, TaskThrew } from '../../contract/event.ts'
import type { Refusal } from '../../contract/outcome.ts'

/** A refusal that an agent claims, in virtual time. */
export interface ClaimedRefusal {
  readonly upstream: string
  readonly at: number
  readonly by: Refusal['by']
}

/** The refusals that an outcome claims, in their order; none where the agent claims nothing. */
export function claimedRefusals(event: TaskEnded | TaskThrew): readonly ClaimedRefusal[] {
  const refusals = event.type === 'task.ended' ? (event.outcome.claims?.refusals ?? []) : []
  return refusals.map(({ upstream, atMs, by }) => ({ upstream, by, at: atMs - epochMs }))
}

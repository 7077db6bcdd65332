import { noSource, primarySource } from './answered.ts'
import type { Answered } from './answered.ts'
import type { AgentSettings } from '../agent-options.ts'
import type { Claims, DeclaredAccuracy } from './claims.ts'
import type { AgentOutcome } from './outcome.ts'
import type { TaskRun } from './task-run.ts'

/** Adds to an outcome where it comes from and what went wrong, where the agent has more than one way to answer. */
export function withClaims(answered: Answered, run: TaskRun): AgentOutcome {
  if (!makesClaims(run.settings)) return answered.outcome
  return { ...answered.outcome, claims: run.parts.provenance(claimsOf(answered, run)) }
}

function makesClaims({ breaker, bulkhead, fallback, safeMode, accuracy }: AgentSettings): boolean {
  return [breaker, bulkhead, fallback, safeMode, accuracy].some((part) => part !== undefined)
}

/** What tools have brought is as good as the tools: nothing that was measured speaks of it. */
function accuracyOf(
  source: string,
  log: TaskRun['log'],
  declared: Readonly<Record<string, DeclaredAccuracy>>,
): DeclaredAccuracy {
  return log.usedTools ? 'unknown' : (declared[source] ?? 'unknown')
}

function claimsOf({ outcome, source, asOfMs }: Answered, { log, ledger, settings }: TaskRun): Claims {
  const shownSource = outcome.answer === null ? noSource : source
  const isOwnDoing = outcome.stop === 'cancelled' || outcome.stop === 'deadline'
  return {
    source: shownSource,
    degraded: shownSource !== primarySource && shownSource !== noSource,
    ...(asOfMs === undefined ? {} : { asOfMs }),
    ...(settings.accuracy ? { declaredAccuracy: accuracyOf(shownSource, log, settings.accuracy) } : {}),
    effects: ledger.keys('done'),
    refusals: log.refusals,
    ...(log.failure === null || isOwnDoing ? {} : { error: log.failure }),
  }
}

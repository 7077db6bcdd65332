import { usageError } from '../../contract/errors.ts'
import type { RunFlags } from '../flags.ts'
import { isContinuousIntegration } from '../terminal.ts'

/** Flags of what happens once, after a run that is waited for. */
const refused = {
  json: '--json',
  shard: '--shard',
  resume: '--resume',
  cache: '--cache',
  bail: '--bail',
  lastFailed: '--last-failed',
  changed: '--changed',
  updateBaseline: '--update-baseline',
  updatePrevious: '--update-previous',
  github: '--github',
  picture: '--picture',
  pdf: '--pdf',
} as const satisfies Partial<Record<keyof RunFlags, string>>

/**
 * Makes sure that a run can be watched.
 *
 * @throws {ShakedownError} of kind `usage` beside a flag of what happens once, and in a CI service, which would wait for ever
 */
export function requireWatchable(flags: RunFlags): void {
  const found = (Object.keys(refused) as (keyof typeof refused)[]).find(
    (name) => flags[name] !== undefined && flags[name] !== false,
  )
  if (found !== undefined) {
    throw usageError(
      'WATCH_FLAGS',
      `flag --watch: it runs again and again for somebody who writes scenarios, and ${refused[found]} is for a run that happens once; leave one of the two out.`,
    )
  }
  if (isContinuousIntegration()) {
    throw usageError(
      'WATCH_CI',
      'flag --watch: CI is set, so that nobody is there to end it, and the job would wait for ever; leave --watch out, or unset CI.',
    )
  }
}

import type { Profile } from '../../contract/profile.ts'
import type { Conclusion } from '../../contract/property.ts'
import { rejectsRate } from '../../statistics/rejects-rate.ts'
import type { Attempt } from './attempt-ledger.ts'
import { waitsAfter } from './backoff-law.ts'
import { defineRetryProperty } from './define-retry-property.ts'
import { didNotSucceed } from './did-not-succeed.ts'

const binMs = 1_000
/** Fewer calls than this are no herd. */
const fewestWaiting = 5
/** The seconds over which waits are spread where no backoff says it. */
const defaultBins = 10
/** The share of trials that chance alone may take beyond the declared multiple. */
const toleratedShare = 0.05
const alpha = 0.001

interface Rules {
  readonly profile: Profile
  readonly multiple: number
  /** Attempts that did not succeed and nothing has followed yet. */
  readonly unfollowed: Set<Attempt>
  /** Those of them that waited as the world healed. */
  waiting: Set<Attempt> | null
  healedAt: number
  readonly arrivals: number[]
}

/** R19: after a common outage the agent's calls do not all come back at once. */
export const herd = defineRetryProperty<Rules>({
  id: 'R19',
  name: 'retry.herd',
  kind: 'statistical',
  statement: `Where at least ${fewestWaiting} calls wait for their next attempt as the world heals, their next attempts are spread: in no second after it there are more than the declared multiple of the mean over the longest declared wait. Chance may take up to ${toleratedShare * 100} % of such trials beyond it (α = ${alpha}).`,
  applies: 'where the profile declares `retry.herdMultiple`.',
  begin: ({ profile }) => {
    const multiple = profile.retry?.herdMultiple
    if (multiple === undefined) return null
    return { profile, multiple, unfollowed: new Set(), waiting: null, healedAt: 0, arrivals: [] }
  },
  on: {
    'task.ended': forget,
    'task.threw': forget,
    'world.healed': (rules, event) => {
      if (rules.waiting) return
      rules.waiting = new Set(rules.unfollowed)
      rules.healedAt = event.at
    },
  },
  sent: ({ unfollowed, waiting, healedAt, arrivals }, { previous, sentAt }) => {
    if (!previous) return
    unfollowed.delete(previous)
    if (!waiting?.delete(previous)) return
    const bin = Math.floor((sentAt - healedAt) / binMs)
    arrivals[bin] = (arrivals[bin] ?? 0) + 1
  },
  ended: ({ unfollowed }, attempt) => {
    if (didNotSucceed(attempt)) unfollowed.add(attempt)
  },
  end: ({ profile, multiple, arrivals }, judge) => {
    const counts = Object.values(arrivals)
    const total = counts.reduce((sum, count) => sum + count, 0)
    if (total < fewestWaiting) return
    judge.trigger()
    const mean = total / Math.max(arrivals.length, binsOf(profile))
    judge.sample(Math.max(...counts) > multiple * mean ? 'beyond' : 'within')
  },
  conclude: ({ beyond = 0, within = 0 }): Conclusion => {
    const trials = beyond + within
    if (trials === 0) return { verdict: 'vacuous', sentence: 'in no trial did enough calls wait as the world healed' }
    const sentence = `in ${beyond} of ${trials} trials the calls that waited came back closer together than declared`
    const isTooOften = beyond / trials > toleratedShare && rejectsRate(beyond, trials, toleratedShare, alpha)
    return { verdict: isTooOften ? 'violated' : 'holds', sentence }
  },
})

/** The seconds over which the longest declared wait spreads the calls. */
function binsOf({ retry }: Profile): number {
  if (!retry?.backoff) return defaultBins
  return Math.ceil(waitsAfter(retry.backoff, Math.max(1, retry.maxAttempts - 1)).highestMs / binMs)
}

function forget({ unfollowed, waiting }: Rules, { task }: { readonly task: number }): void {
  for (const attempt of unfollowed) if (attempt.task === task) unfollowed.delete(attempt)
  for (const attempt of waiting ?? []) if (attempt.task === task) waiting?.delete(attempt)
}

import { isTargeted } from '../../contract/call-target.ts'
import type { TaskEnded } from '../../contract/event.ts'
import type { Profile } from '../../contract/profile.ts'
import { quote } from '../quote.ts'
import { inSeconds } from '../virtual-time.ts'
import { defineFallbackProperty } from './define-fallback-property.ts'
import { taskWords } from './fallback-words.ts'
import type { FallbackLedger } from './fallback-ledger.ts'
import type { TaskLine } from './task-line.ts'

interface Rules {
  readonly profile: Profile
  readonly returnMs: number
  /** Virtual time since which nothing is injected; infinite from the first fault until the world heals. */
  healedAt: number
  /** Whether the primary has failed at all, so that there is something to return from. */
  hasFailed: boolean
  /** Requests to the primary that are under way. */
  underWay: number
  /** When the primary was last asked or was last still answering. */
  lastUsedAt: number
}

/** F8: what fell back returns. */
export const fallbackReturn = defineFallbackProperty<Rules>({
  id: 'F8',
  name: 'fallback.return',
  kind: 'liveness',
  statement:
    'Once the declared `returnMs` have passed since the world healed, a task that begins is not served by another source without the primary being used at all while it runs, by it or by another task. A task that is cancelled, or whose request a declared bulkhead or rate limit refuses, says nothing.',
  applies: 'where the profile declares `fallback.returnMs`; exercised where the primary failed before.',
  begin: ({ profile }, { profile: { returnMs } }) =>
    returnMs === undefined
      ? null
      : { profile, returnMs, healedAt: 0, hasFailed: false, underWay: 0, lastUsedAt: -Infinity },
  asked: ({ rules }, _line, call) => {
    if (!call.places.includes(0)) return
    rules.underWay += 1
    rules.lastUsedAt = call.sentAt
  },
  answered: ({ rules }, _line, call) => {
    if (!call.places.includes(0)) return
    rules.underWay -= 1
    rules.lastUsedAt = call.endedAt ?? rules.lastUsedAt
    if (call.class !== 'success') rules.hasFailed = true
  },
  concluded: ({ ledger, rules }, line, event, judge) => {
    const due = rules.healedAt + rules.returnMs
    if (!rules.hasFailed || line.startedAt < due || line.cancelledAt !== null) return
    if (isRefused(ledger, rules.profile, event)) return
    judge.trigger()
    const used = rules.underWay > 0 || rules.lastUsedAt >= line.startedAt
    if (used || !isServedElsewhere(ledger, line, event)) return
    judge.violate({
      sentence: `${taskWords(line)}, begun at ${inSeconds(line.startedAt)}, ended at ${inSeconds(event.at)} without the primary ${quote(ledger.chain.primary)} having been asked by anybody meanwhile, but the world had healed at ${inSeconds(rules.healedAt)} and the agent declares to return within ${inSeconds(rules.returnMs)}`,
      at: event.at,
      calls: line.calls.map(({ call }) => call),
    })
  },
  also: {
    'fault.injected': ({ rules }) => {
      rules.healedAt = Infinity
    },
    'world.healed': ({ rules }, event) => {
      rules.healedAt = event.at
    },
  },
})

function isServedElsewhere({ chain }: FallbackLedger, line: TaskLine, { outcome }: TaskEnded): boolean {
  return line.replies.some(({ places }) => places.length > 0) || chain.placeOf(outcome.claims?.source) > 0
}

/** Whether a bulkhead or a rate limit kept the task from its primary, as far as the agent says. */
function isRefused({ chain }: FallbackLedger, profile: Profile, { outcome }: TaskEnded): boolean {
  const upstream = chain.sources[0]?.upstream ?? ''
  const refusals = outcome.claims?.refusals
  if (refusals) return refusals.some((refusal) => refusal.upstream === upstream && refusal.by !== 'breaker')
  const rules = [...(profile.bulkheads ?? []), ...(profile.rateLimits ?? [])]
  return rules.some(({ guards }) => isTargeted(guards, { kind: 'model', upstream }))
}

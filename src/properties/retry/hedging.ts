import type { Judge } from '../../contract/property.ts'
import { toolCallIdentity } from '../../contract/tool-call.ts'
import { callWords } from '../call-words.ts'
import { getOrCreate } from '../get-or-create.ts'
import { inSeconds } from '../virtual-time.ts'
import type { Attempt } from './attempt-ledger.ts'
import { defineRetryProperty } from './define-retry-property.ts'

/** Equal requests of one task that were under way together. */
interface Group {
  readonly open: Set<Attempt>
  /** The one that was answered while others were under way. */
  winner: Attempt | null
}

interface Rules {
  readonly atOnce: number
  readonly effectful: ReadonlySet<string>
  readonly groups: Map<string, Group>
}

/** R20: doubled requests are as few as declared, are given up in time, and double no effect. */
export const hedging = defineRetryProperty<Rules>({
  id: 'R20',
  name: 'retry.hedging',
  statement:
    'Of equal model requests of one task, no more are under way at once than declared; as soon as one of them succeeds, the others end at that moment of virtual time. No effectful tool call is under way twice, unless the model asked for it twice at once.',
  applies: 'where the profile declares `retry.hedging`.',
  begin: ({ profile: { retry, tools } }) =>
    retry?.hedging ? { atOnce: retry.hedging.atOnce, effectful: new Set(tools?.effectful), groups: new Map() } : null,
  sent: (rules, attempt, judge) => {
    if (!attempt.model && !(attempt.tool && rules.effectful.has(attempt.tool.name))) return
    const group = getOrCreate(rules.groups, keyOf(attempt), newGroup)
    if (group.open.size === 0) group.winner = null
    group.open.add(attempt)
    if (group.open.size === 1) return
    judge.trigger()
    const most = attempt.model ? rules.atOnce : 1
    if (group.open.size <= most || (attempt.tool && attempt.isAskedTwice)) return
    judge.violate({
      sentence: `${callWords(attempt)} at ${inSeconds(attempt.sentAt)} made ${group.open.size} equal requests under way at once, where ${most} may be`,
      at: attempt.sentAt,
      calls: [...group.open].map(({ call }) => call),
    })
  },
  ended: ({ groups }, attempt, judge) => {
    const group = groups.get(keyOf(attempt))
    if (!group?.open.delete(attempt)) return
    judgeLoser(group, attempt, attempt.endedAt ?? 0, judge)
    if (attempt.class === 'success' && attempt.model && group.open.size > 0) group.winner ??= attempt
    if (group.open.size === 0) groups.delete(keyOf(attempt))
  },
  on: {
    'trial.ended': ({ groups }, event, judge) => {
      for (const group of groups.values()) for (const loser of group.open) judgeLoser(group, loser, event.at, judge)
    },
  },
})

function newGroup(): Group {
  return { open: new Set(), winner: null }
}

function keyOf(attempt: Attempt): string {
  const { task, upstream, method, url } = attempt
  return `${task} ${upstream} ${method} ${url}\n${toolCallIdentity(attempt)}`
}

function judgeLoser({ winner }: Group, loser: Attempt, until: number, judge: Judge): void {
  const wonAt = winner?.endedAt ?? null
  if (!winner || wonAt === null || until <= wonAt || loser.sentAt > wonAt) return
  judge.violate({
    sentence: `${callWords(loser)} (call ${loser.call}) was under way until ${inSeconds(until)}, but its equal, call ${winner.call}, had been answered at ${inSeconds(wonAt)}`,
    at: until,
    calls: [winner.call, loser.call],
  })
}

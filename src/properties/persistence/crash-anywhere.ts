import type { PersistenceProfile } from '../../contract/operations-profile.ts'
import type { FaultPlan } from '../../contract/fault.ts'
import type { Run } from '../../contract/property.ts'
import { defineProperty } from '../define-property.ts'
import { quote } from '../quote.ts'

type Effects = PersistenceProfile['effects']

/** L13: a kill changes nothing of what is done. */
export const crashAnywhere = defineProperty<Effects>({
  id: 'L13',
  name: 'persistence.crash-anywhere',
  kind: 'metamorphic',
  statement:
    'The same trial without its kills has the same effects, each as often, where they are declared to happen exactly once, and no others and none less often where they are declared to happen at most once. Trials with other faults, which would strike other calls, are left out.',
  applies: 'where the profile declares `persistence` and effectful tools (`tools.effectful`); exercised by a kill.',
  start: ({ profile: { persistence, tools } }) =>
    persistence && tools && tools.effectful.length > 0 ? persistence.effects : null,
  on: {},
  relation: {
    vary: ({ faults }: FaultPlan) =>
      faults.length > 0 && faults.every(({ id }) => id === 'process.kill') ? { faults: [] } : null,
    compare: (original, varied, judge, { profile: { persistence } }) => {
      const kill = original.events.find(({ type }) => type === 'process.killed')
      if (!kill || !isFinished(original) || !isFinished(varied)) return
      judge.trigger()
      const [here, there] = [countsOf(original), countsOf(varied)]
      for (const key of new Set([...here.keys(), ...there.keys()])) {
        const [times, uncrashed] = [here.get(key) ?? 0, there.get(key) ?? 0]
        const isRight = times === uncrashed || (persistence?.effects !== 'exactly once' && times < uncrashed)
        if (isRight) continue
        const sentence = `effect ${quote(key)} was applied ${timesWords(times)}, but ${timesWords(uncrashed)} in the same trial without its kills`
        judge.violate({ sentence, at: kill.at, calls: [] })
      }
    },
  },
})

/** A trial that meets its limit has not done all that it would. */
function isFinished({ events }: Run): boolean {
  return events.some((event) => event.type === 'trial.ended' && event.how === 'finished')
}

function countsOf({ events }: Run): ReadonlyMap<string, number> {
  const counts = new Map<string, number>()
  for (const event of events) {
    if (event.type === 'effect.applied') counts.set(event.effect.key, (counts.get(event.effect.key) ?? 0) + 1)
  }
  return counts
}

function timesWords(times: number): string {
  return times === 0 ? 'by no call' : times === 1 ? 'once' : `${times} times`
}

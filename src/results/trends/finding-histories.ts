import type { PropertyResult, ScenarioResult } from '../results-schema.ts'
import type { RunOfScenario } from './comparable-runs.ts'
import type { FindingHistory, Observation } from './trends.ts'

/** What one run says of a property. */
type Seen = FindingHistory['seen'][number]

/** What became of every property of a scenario that was violated before or is now, and is not settled. */
export function findingHistories(current: ScenarioResult, runs: readonly RunOfScenario[]): FindingHistory[] {
  // Without an earlier run nothing is new and nothing is fixed.
  if (runs.length < 2) return []
  const results = runs.flatMap(({ scenario }) => scenario.search?.properties ?? [])
  // The latest name of a property holds.
  const names = new Map(results.map(({ id, name }) => [id, name]))
  return [...names].flatMap(([property, name]) => {
    const seen = observations(property, runs)
    const state = stateOf(seen.map(({ what }) => what))
    if (state === null) return []
    const now = seen.at(-1)?.what ?? null
    const isAccepted = now === 'violated' && isAcceptedIn(current, property)
    return [{ scenario: current.name, property, name, state, now, isAccepted, since: failingSince(seen), seen }]
  })
}

/** A search that is shorter than the one that last saw a violation does not show that it is gone. */
function observations(property: string, runs: readonly RunOfScenario[]): Seen[] {
  let needed = 0
  return runs.map(({ run, scenario: { search } }) => {
    const result = search?.properties.find(({ id }) => id === property)
    const trials = search?.tally.trials ?? 0
    if (result?.verdict === 'violated') needed = trials
    return { run, what: observed(result, trials >= needed) }
  })
}

function observed(result: PropertyResult | undefined, isLongEnough: boolean): Observation | null {
  if (result?.verdict === 'violated') return 'violated'
  return result?.verdict === 'holds' && isLongEnough ? 'holds' : null
}

/** The state after the last observation; null where there is nothing to tell. */
function stateOf(seen: readonly (Observation | null)[]): FindingHistory['state'] | null {
  const known = seen.filter((what) => what !== null)
  const now = seen.at(-1) ?? null
  const before = seen.slice(0, -1).findLast((what) => what !== null) ?? null
  const left = known.indexOf('holds', known.indexOf('violated'))
  if (known.includes('violated') && left >= 0 && known.includes('violated', left)) return 'flaky'
  if (now === 'violated') return before === 'violated' ? 'still failing' : 'new'
  if (before !== 'violated') return null
  return now === 'holds' ? 'fixed' : 'not judged'
}

function failingSince(seen: readonly Seen[]): number | null {
  if (seen.at(-1)?.what !== 'violated') return null
  const held = seen.findLastIndex(({ what }) => what === 'holds')
  return seen.slice(held + 1).find(({ what }) => what === 'violated')?.run ?? null
}

function isAcceptedIn({ findings, search }: ScenarioResult, id: string): boolean {
  const accepted = [
    ...findings.filter(({ property }) => property === id).map((finding) => finding.accepted),
    ...(search?.properties ?? []).filter((property) => property.id === id).map((property) => property.accepted),
  ]
  return accepted.some((acceptance) => acceptance !== null)
}

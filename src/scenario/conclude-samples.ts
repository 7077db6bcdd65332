import type { Conclusion } from '../contract/property.ts'
import type { Tally } from '../results/tally.ts'
import type { Scenario } from './scenario.ts'

/** What the observations of a search come to, for each statistical property that applies, by ID. */
export function concludeSamples(
  { search, profile, secrets }: Scenario,
  samples: Tally['samples'],
): Readonly<Record<string, Conclusion>> {
  const facts = { profile, secrets }
  const concluded = search.properties.flatMap((property): [string, Conclusion][] => {
    if (property.conclude === undefined || property.start(facts) === null) return []
    const observed = Object.hasOwn(samples, property.id) ? (samples[property.id] ?? {}) : {}
    return [[property.id, property.conclude(observed, facts)]]
  })
  return Object.fromEntries(concluded)
}

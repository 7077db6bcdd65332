import { hash } from 'node:crypto'
import type { Conclusion } from '../contract/property.ts'
import { catalogueMember } from '../faults/catalogue.ts'
import type { PropertyResult, ScenarioResult } from '../results/results-schema.ts'
import type { Tally } from '../results/tally.ts'
import type { PropertyDescription, ScenarioDescription } from './job.ts'

/** Turns what a search counted into its part of the results. */
export function summariseSearch(
  { properties, families, trials, accepted }: ScenarioDescription,
  tally: Tally,
  conclusions: Readonly<Record<string, Conclusion>>,
): ScenarioResult['search'] {
  const delivered = new Map(families.map((family) => [family, 0]))
  for (const [id, count] of Object.entries(tally.delivered)) {
    const { family } = catalogueMember(id)
    delivered.set(family, (delivered.get(family) ?? 0) + count)
  }
  return {
    traceHash: hash('sha256', tally.blocks.map((block) => block.hash).join(''), 'hex'),
    declaredTrials: trials,
    tally,
    properties: properties.map((property) => {
      const conclusion = conclusions[property.id] ?? null
      const verdict = verdictOf(property, tally, conclusion)
      const isAccepted = property.isStatistical && verdict === 'violated'
      return {
        id: property.id,
        name: property.name,
        statement: property.statement,
        verdict,
        triggers: tally.triggers[property.id] ?? 0,
        violations: tally.violations[property.id]?.trials ?? 0,
        conclusion: conclusion?.sentence ?? null,
        accepted: isAccepted ? (accepted.find((one) => one.property === property.id) ?? null) : null,
      }
    }),
    families: [...delivered].map(([family, count]) => ({ family, delivered: count })),
  }
}

function verdictOf(
  { id, applies }: PropertyDescription,
  tally: Tally,
  conclusion: Conclusion | null,
): PropertyResult['verdict'] {
  if ((tally.violations[id]?.trials ?? 0) > 0) return 'violated'
  if (!applies) return 'not applicable'
  if (conclusion !== null) return conclusion.verdict
  return (tally.triggers[id] ?? 0) > 0 ? 'holds' : 'vacuous'
}

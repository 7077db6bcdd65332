import { declarationResults } from '../../results/declaration-result.ts'
import type { DeclarationCheck } from '../../results/measure-schema.ts'
import { exactPercent } from '../../results/percent.ts'
import type { Results } from '../../results/results-schema.ts'
import { scenarioVerdicts } from '../scenario-verdicts.ts'
import { type Badge, type Tone, renderBadge } from './render-badge.ts'

/** From the gravest: one value that is refuted outweighs all that are upheld. */
const gravity: readonly (readonly [DeclarationCheck['verdict'], Tone])[] = [
  ['refuted', 'bad'],
  ['unmeasured', 'bad'],
  ['inconclusive', 'open'],
  ['no claim', 'open'],
  ['upheld', 'good'],
]

/** What became of declared accuracy, as a badge; one that is out of its dates upholds nothing. */
export function declarationBadge(results: Results): string {
  return renderBadge({ label: 'declared accuracy', ...said(results) })
}

function said(results: Results): Pick<Badge, 'message' | 'tone'> {
  const checks = results.scenarios.flatMap((scenario) => declarationResults(scenario).flatMap((each) => each.checks))
  const [worst, tone] = gravity.find(([verdict]) => checks.some((check) => check.verdict === verdict)) ?? [null, 'none']
  if (worst === null) return { message: 'none', tone: 'none' }
  const outOfDate = tone === 'good' ? outOfDates(results) : null
  return outOfDate === null ? { message: counted(checks, worst), tone } : { message: outOfDate, tone: 'open' }
}

function counted(checks: readonly DeclarationCheck[], word: DeclarationCheck['verdict']): string {
  const [first] = checks
  if (checks.length === 1 && first !== undefined) return `${exactPercent(first.value)} ${word}`
  const ofWord = checks.filter(({ verdict }) => verdict === word).length
  return ofWord === checks.length ? `${ofWord} values ${word}` : `${ofWord} of ${checks.length} ${word}`
}

function outOfDates(results: Results): string | null {
  const validities = scenarioVerdicts(results).flatMap(({ verdict }) => [verdict.declaration, ...verdict.inForce])
  return validities.find((validity) => validity === 'expired' || validity === 'not yet valid') ?? null
}

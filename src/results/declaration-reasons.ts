import { declarationValidity } from '../objectives/declaration-validity.ts'
import { declarationResults } from './declaration-result.ts'
import type { DeclarationCheck, DeclarationResult } from './measure-schema.ts'
import type { Reason, VerdictOptions } from './reason.ts'
import type { ScenarioResult } from './results-schema.ts'

/** What the declarations of a scenario have against its passing; a value of two declarations counts twice. */
export function declarationReasons(
  scenario: Pick<ScenarioResult, 'name' | 'measure' | 'inForce'>,
  options: VerdictOptions,
): Reason[] {
  const results = declarationResults(scenario)
  return [
    ...results.flatMap(({ checks }) => checks.flatMap((check) => checkReasons(scenario.name, check))),
    ...results.flatMap((result) => dateReasons(scenario.name, result, options)),
  ]
}

const verdicts = {
  refuted: { status: 'fail', about: 'refuted value' },
  unmeasured: { status: 'fail', about: 'unmeasured value' },
  inconclusive: { status: 'inconclusive', about: 'undecided value' },
  'no claim': { status: 'inconclusive', about: 'undecided value' },
} as const

function checkReasons(name: string, { verdict, metric, sentence }: DeclarationCheck): Reason[] {
  if (verdict === 'upheld') return []
  const reason: Reason = { ...verdicts[verdict], count: 1, sentence: `${name}: ${sentence}.` }
  return [verdict === 'refuted' ? { ...reason, opens: { source: 'declared value', about: metric } } : reason]
}

/** A declaration that does not hold on the day of the run claims nothing that could be upheld. */
function dateReasons(name: string, { declaration }: DeclarationResult, { today }: VerdictOptions): Reason[] {
  const validity = declarationValidity(declaration, today)
  if (validity === 'valid') return []
  const dates =
    validity === 'expired' ? `expired after ${declaration.validUntil}` : `is not valid before ${declaration.validFrom}`
  const remedy = validity === 'expired' ? 'measure again and declare a new version' : 'check its dates'
  return [
    {
      status: 'inconclusive',
      about: 'invalid declaration',
      count: 1,
      sentence: `${name}: accuracy declaration ${declaration.version} of "${declaration.agent}" ${dates}: ${remedy}.`,
    },
  ]
}

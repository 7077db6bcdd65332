import { declarationValidity } from '../objectives/declaration-validity.ts'
import type { DeclarationCheck, MeasureResult, ObjectiveResult } from './measure-schema.ts'
import type { Reason, VerdictOptions } from './reason.ts'
import type { ScenarioResult } from './results-schema.ts'

/** What a measure has against passing: refuted and unmeasured values, missed objectives, then what is undecided. */
export function measureReasons({ name, measure }: ScenarioResult, options: VerdictOptions): Reason[] {
  if (measure === null) return []
  return [
    ...(measure.declaration?.checks ?? []).flatMap((check) => checkReasons(name, check)),
    ...measure.objectives.flatMap((result) => objectiveReasons(name, result)),
    ...dateReasons(name, measure, options),
    ...(options.vacuous === 'fail' ? idleReasons(name, measure) : []),
  ]
}

const verdicts = {
  refuted: { status: 'fail', about: 'refuted value' },
  unmeasured: { status: 'fail', about: 'unmeasured value' },
  inconclusive: { status: 'inconclusive', about: 'undecided value' },
  'no claim': { status: 'inconclusive', about: 'undecided value' },
} as const

function checkReasons(name: string, { verdict, sentence }: DeclarationCheck): Reason[] {
  return verdict === 'upheld' ? [] : [{ ...verdicts[verdict], count: 1, sentence: `${name}: ${sentence}.` }]
}

function objectiveReasons(name: string, { verdict, sentence }: ObjectiveResult): Reason[] {
  if (verdict === 'met') return []
  const base = { count: 1, sentence: `${name}: ${sentence}.` }
  return verdict === 'missed'
    ? [{ ...base, status: 'fail', about: 'missed objective' }]
    : [{ ...base, status: 'inconclusive', about: 'undecided objective' }]
}

/** A declaration that does not hold on the day of the run claims nothing that could be upheld. */
function dateReasons(name: string, { declaration: result }: MeasureResult, { today }: VerdictOptions): Reason[] {
  if (result === null) return []
  const { declaration } = result
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

/** A condition whose faults never struck was measured without faults under another name. */
function idleReasons(name: string, { conditions }: MeasureResult): Reason[] {
  const idle = conditions.filter(({ faults, tally }) => faults.length > 0 && Object.keys(tally.delivered).length === 0)
  if (idle.length === 0) return []
  const names = idle.map((condition) => condition.name).join(', ')
  return [
    {
      status: 'inconclusive',
      about: 'idle condition',
      count: idle.length,
      sentence: `${name}: no call was ever struck by the faults of the measured ${idle.length === 1 ? 'condition' : 'conditions'} ${names}.`,
    },
  ]
}

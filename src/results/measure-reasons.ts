import type { AlertResult } from './alerts/alert-schema.ts'
import { declarationReasons } from './declaration-reasons.ts'
import type { MeasureResult, ObjectiveResult } from './measure-schema.ts'
import type { Reason, VerdictOptions } from './reason.ts'
import type { ScenarioResult } from './results-schema.ts'

/** What a measure has against passing: refuted and unmeasured values, missed objectives, then what is undecided. */
export function measureReasons(
  scenario: Pick<ScenarioResult, 'name' | 'measure' | 'inForce'>,
  options: VerdictOptions,
): Reason[] {
  const { name, measure } = scenario
  return [
    ...declarationReasons(scenario, options),
    ...(measure?.objectives ?? []).flatMap((result) => objectiveReasons(name, result)),
    ...(measure?.repeatGates ?? []).flatMap((result) => gateReasons(name, result)),
    ...(measure?.alerts ?? []).flatMap((alert) => alertReasons(name, alert)),
    ...(measure !== null && options.vacuous === 'fail' ? idleReasons(name, measure) : []),
  ]
}

function objectiveReasons(name: string, result: ObjectiveResult): Reason[] {
  const opens = { source: 'objective', about: result.objective.measure } as const
  return gateReasons(name, result).map((reason) => (result.verdict === 'missed' ? { ...reason, opens } : reason))
}

function gateReasons(
  name: string,
  { verdict, sentence, isQuarantined }: Pick<ObjectiveResult, 'verdict' | 'sentence' | 'isQuarantined'>,
): Reason[] {
  if (verdict === 'met' || isQuarantined) return []
  const base = { count: 1, sentence: `${name}: ${sentence}.` }
  return verdict === 'missed'
    ? [{ ...base, status: 'fail', about: 'missed objective' }]
    : [{ ...base, status: 'inconclusive', about: 'undecided objective' }]
}

/** Alerts fail a run only where its scenario says so. */
function alertReasons(name: string, { isGating, sentence }: AlertResult): Reason[] {
  return isGating ? [{ status: 'fail', about: 'gating alert', count: 1, sentence: `${name}: ${sentence}.` }] : []
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

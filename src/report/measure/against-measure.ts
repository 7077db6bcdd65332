import type { Fault } from '../../contract/fault.ts'
import type { MeasuredCondition } from '../../results/measure-schema.ts'
import type { Finding } from '../../results/results-schema.ts'
import { describeFault } from '../describe-fault.ts'
import { type PlacedFinding, findingsInOrder } from '../findings-in-order.ts'
import { findingFrequency } from '../../results/finding-frequency.ts'
import type { JudgedScenario } from '../scenario-verdicts.ts'

/** What a search found of an agent whose measure, under other faults, may look well. */
export interface AgainstMeasure {
  /** Why both are right, in two sentences. */
  readonly lead: string
  readonly findings: readonly {
    readonly finding: Finding
    /** `sev1 L11 effects.at-most-once`. */
    readonly label: string
    /** How often, under which faults, and whether the measure has these. */
    readonly words: string
  }[]
  /** The faults of each condition that has any, in words. */
  readonly measured: readonly { readonly condition: string; readonly faults: string }[]
}

/** Faults of a condition told beside its figures; the section of the measure has them all. */
const shownFaults = 2

/**
 * Sets the findings of a search beside the figures of a measure; null where one of the two is missing.
 *
 * A measure of 100 % is right about the faults that it draws. A reader who is not told which these are takes it for a
 * statement about every fault.
 */
export function againstMeasure(judged: JudgedScenario): AgainstMeasure | null {
  const { measure } = judged.scenario
  const placed = findingsInOrder([judged])
  if (measure === null || placed.length === 0) return null
  const { conditions } = measure
  return {
    lead: 'These figures are shares under the faults of their conditions, each at its fixed rate, and say nothing of other faults. The search looks for any faults that break a property, and found:',
    findings: placed.map((each) => ({
      finding: each.finding,
      label: labelOf(each),
      words: `in ${findingFrequency(each.finding, judged.scenario)}${causeWords(each.finding, conditions)}`,
    })),
    measured: conditions.flatMap(({ name, faults }) =>
      faults.length === 0 ? [] : [{ condition: name, faults: faultWords(faults) }],
    ),
  }
}

/** The same in a sentence, for where there is no room for more. */
export function againstMeasureRemarks(judged: JudgedScenario): string[] {
  const against = againstMeasure(judged)
  return (against?.findings ?? []).map(
    ({ label, words }) => `against these figures stands ${label}, which the search found ${words}`,
  )
}

function labelOf({ finding: { property }, judged, severity, state }: PlacedFinding): string {
  const name = judged.scenario.search?.properties.find(({ id }) => id === property)?.name
  const parts = [severity, property, name].filter((part) => part !== null && part !== undefined)
  return `${parts.join(' ')}${state === 'accepted' ? ' (accepted)' : ''}`
}

function causeWords({ plan: { faults } }: Finding, conditions: readonly MeasuredCondition[]): string {
  if (faults.length === 0) return ', without any fault'
  return `, where ${faults.map(describeFault).join(' and ')}; ${coverage(faults, conditions)}`
}

/** Whether the measure draws what causes a finding. */
function coverage(faults: readonly Fault[], conditions: readonly MeasuredCondition[]): string {
  const having = (id: string): string[] =>
    conditions.filter((each) => each.faults.some((fault) => fault.id === id)).map(({ name }) => name)
  const missing = [...new Set(faults.map(({ id }) => id))].filter((id) => having(id).length === 0)
  if (missing.length > 0) return `no condition of the measure has ${missing.join(' or ')}`
  const names = [...new Set(faults.flatMap(({ id }) => having(id)))]
  return `the measure has faults of this kind under ${names.join(' and ')}, at the rates given there`
}

function faultWords(faults: readonly Fault[]): string {
  const more = faults.length - shownFaults
  return [...faults.slice(0, shownFaults).map(describeFault), ...(more > 0 ? [`${more} more`] : [])].join('; ')
}

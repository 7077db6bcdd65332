import { type AgainstMeasure, againstMeasure } from '../measure/against-measure.ts'
import type { JudgedScenario } from '../scenario-verdicts.ts'
import { findingAnchor } from './finding-view.ts'

/** What the search found, beside the figures of a measure, each finding with its place on the page. */
export interface AgainstView extends Pick<AgainstMeasure, 'lead' | 'measured'> {
  readonly findings: readonly { readonly anchor: string; readonly label: string; readonly words: string }[]
}

/**
 * Links the findings of a search from the figures of the measure; null where one of the two is missing.
 *
 * @param index of the scenario in the run, from 0
 */
export function againstView(judged: JudgedScenario, index: number): AgainstView | null {
  const against = againstMeasure(judged)
  if (against === null) return null
  const all = judged.scenario.findings
  return {
    ...against,
    findings: against.findings.map(({ finding, label, words }) => ({
      anchor: findingAnchor(index, all.indexOf(finding)),
      label,
      words,
    })),
  }
}

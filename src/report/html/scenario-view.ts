import { grouped, quantity } from '../../results/quantity.ts'
import type { ScenarioResult } from '../../results/results-schema.ts'
import { type FaultCount, faultCounts } from '../fault-counts.ts'
import { type AnsweredQuestion, answeredQuestions } from '../measure/answered-question.ts'
import { foldedTable } from './folded-table.ts'
import { type LinkedTable, linkedTable } from './linked-table.ts'
import { serviceTables } from '../measure/service-tables.ts'
import type { JudgedScenario } from '../scenario-verdicts.ts'
import { trialsRun } from '../trials-run.ts'
import { roundSpan } from '../span.ts'
import { type FindingState, findingState } from '../finding-state.ts'
import { type FindingView, findingAnchor } from './finding-view.ts'
import { type MeasureView, measureView } from './measure-view.ts'
import { type StatusLook, statusLooks } from '../status-look.ts'

interface CountView {
  readonly name: string
  readonly planned: string
  readonly undelivered: string
  readonly delivered: string
  /** Said of a family that struck nothing; empty otherwise. */
  readonly idle: string
}

export interface ScenarioView {
  readonly anchor: string
  readonly name: string
  readonly file: string
  readonly look: StatusLook
  readonly size: string
  readonly faultFree: string
  readonly faultFreeFailures: readonly string[]
  readonly isSearched: boolean
  readonly ends: readonly string[]
  readonly outside: readonly string[]
  /** What trials left running, with the number of trials that did. */
  readonly leftovers: readonly string[]
  readonly faultSummary: string
  readonly families: readonly (CountView & { readonly trials: string; readonly members: readonly CountView[] })[]
  /** Null where nothing was measured. */
  readonly measure: MeasureView | null
  readonly questions: readonly (AnsweredQuestion & { readonly isOpen: boolean })[]
  /** Incidents, budgets, dependencies and alerts. */
  readonly tables: readonly LinkedTable[]
  /** What all trials together say of statistical properties. */
  readonly conclusions: readonly { readonly property: string; readonly sentence: string }[]
  /** Its findings, to be linked. */
  readonly findings: readonly (Pick<FindingView, 'anchor' | 'property' | 'name'> & { readonly state: string })[]
}

const stateWords: Readonly<Record<FindingState, string>> = {
  open: 'fails the run',
  expired: 'fails the run, its acceptance has expired',
  accepted: 'accepted',
}

/** What the page tells about one scenario. */
export function scenarioView(judged: JudgedScenario, index: number): ScenarioView {
  const { scenario, verdict } = judged
  const { search, faultFree } = scenario
  const anchor = `scenario-${index + 1}`
  const anchors = new Map(scenario.findings.map(({ property }, place) => [property, findingAnchor(index, place)]))
  const families = search === null ? [] : faultCounts(search.tally, search.families)
  const delivered = Object.values(search?.tally.delivered ?? {}).reduce((sum, count) => sum + count, 0)
  const striking = families.filter((family) => family.delivered > 0)
  return {
    anchor,
    name: scenario.name,
    file: scenario.file,
    look: statusLooks[verdict.status],
    size: sizeOf(search),
    faultFree:
      faultFree.failures.length === 0
        ? `passed, ${quantity(faultFree.tasks, 'task')}`
        : 'failed, so nothing else was judged',
    faultFreeFailures: faultFree.failures,
    isSearched: search !== null,
    ends: Object.entries(search?.tally.ends ?? {}).map(([how, count]) => `${grouped(count)} ${how}`),
    outside: search?.tally.outside ?? [],
    leftovers: Object.entries(search?.tally.leftovers ?? {}).map(
      ([what, trials]) => `${what} in ${quantity(trials, 'trial')}`,
    ),
    faultSummary: `${quantity(delivered, 'call')} struck by faults of ${striking.length} of ${quantity(families.length, 'family', 'families')}`,
    families: families.map((family) => ({
      ...countView(family),
      trials: family.trials === null ? '–' : grouped(family.trials),
      members: family.members.map(countView),
    })),
    measure: scenario.measure === null ? null : measureView(scenario.measure, judged, index),
    questions: answeredQuestions(scenario).map((answer) => ({
      ...answer,
      isOpen: answer.verdict === 'no' || answer.verdict === 'unknown',
    })),
    tables: serviceTables(scenario).map((table) => linkedTable(foldedTable(table), anchors)),
    conclusions: (search?.properties ?? []).flatMap(({ id, name, conclusion }) =>
      conclusion === null ? [] : [{ property: `${id} ${name}`, sentence: conclusion }],
    ),
    findings: scenario.findings.map((finding, place) => ({
      anchor: findingAnchor(index, place),
      property: finding.property,
      name: search?.properties.find(({ id }) => id === finding.property)?.name ?? '',
      state: stateWords[findingState(finding, verdict)],
    })),
  }
}

function sizeOf(search: ScenarioResult['search']): string {
  if (search === null) return 'not searched'
  const { calls, virtualMs } = search.tally
  return `${trialsRun(search)}, ${quantity(calls, 'call')}, ${roundSpan(virtualMs)} of virtual time`
}

function countView({ name, planned, undelivered, delivered }: FaultCount): CountView {
  return {
    name,
    planned: grouped(planned),
    undelivered: grouped(undelivered),
    delivered: grouped(delivered),
    idle: delivered === 0 ? 'never struck' : '',
  }
}

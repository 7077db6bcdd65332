import { grouped, quantity } from '../../results/quantity.ts'
import type { Finding, Results, ScenarioResult, Status } from '../../results/results-schema.ts'
import { verdictText } from '../../results/verdict.ts'
import { describeFault } from '../describe-fault.ts'
import { findingState } from '../finding-state.ts'
import { replayLine } from '../replay-line.ts'
import { runTotals } from '../run-totals.ts'
import { type JudgedScenario, scenarioVerdicts } from '../scenario-verdicts.ts'
import { roundSpan } from '../span.ts'
import { trialsRun } from '../trials-run.ts'
import { visibleLine } from '../visible-text.ts'
import { type Paint, painter } from './paint.ts'
import { wrapText } from './wrap-text.ts'

/** What the terminal can show. */
export interface TerminalOptions {
  /** Whether escape codes may be written. */
  readonly colour: boolean
  /** Characters in a line; what is meant to be copied is never broken. */
  readonly columns: number
}

interface Page {
  readonly paint: Paint
  /** Characters that the status of each scenario takes. */
  readonly statusWidth: number
  readonly columns: number
}

/** Problems named for each scenario; the report holds more, and results.json all. */
const shownProblems = 5

const words: Readonly<Record<Status, string>> = {
  pass: 'pass',
  fail: 'FAIL',
  inconclusive: 'INCONCLUSIVE',
  'harness failure': 'HARNESS FAILURE',
}

/** Renders results as the closing text of a run: the verdict, a line for each scenario, and each finding in full. */
export function renderTerminal(results: Results, { colour, columns }: TerminalOptions): string {
  const judged = scenarioVerdicts(results)
  const statusWidth = Math.max(...judged.map(({ verdict }) => words[verdict.status].length))
  const page: Page = { paint: painter(colour), columns, statusWidth }
  const lines = [
    page.paint(results.verdict.status, visibleLine(verdictText(results.verdict))),
    ...wrapText(totals(results), '', columns),
    '',
    ...judged.flatMap((each) => scenarioLines(each, page)),
    ...judged.flatMap((each) => each.scenario.findings.flatMap((finding) => findingLines(each, finding, page))),
  ]
  return `${lines.join('\n')}\n`
}

function totals(results: Results): string {
  const { trials, calls, virtualMs, delivered } = runTotals(results)
  return `${quantity(trials, 'trial')}, ${quantity(calls, 'call')}, ${grouped(delivered)} of them struck by faults, ${roundSpan(virtualMs)} of virtual time, seed ${results.seed}`
}

function scenarioLines({ scenario, verdict }: JudgedScenario, { paint, columns, statusWidth }: Page): string[] {
  const { name, search } = scenario
  const size = search === null ? 'not searched' : trialsRun(search)
  return [
    `${paint(verdict.status, words[verdict.status].padEnd(statusWidth))}  ${visibleLine(name)} (${size})`,
    ...remarks(scenario).flatMap((remark) => wrapText(visibleLine(remark), ' '.repeat(statusWidth + 2), columns)),
  ]
}

/** What a reader must know of a scenario besides its findings. */
function remarks({ faultFree, search, unusedAcceptances }: ScenarioResult): string[] {
  const properties = search?.properties ?? []
  const vacuous = properties.filter(({ verdict }) => verdict === 'vacuous').map(({ id }) => id)
  const idle = (search?.families ?? []).filter(({ delivered }) => delivered === 0).map(({ family }) => family)
  const outside = search?.tally.outside ?? []
  const problems = search?.tally.problems ?? []
  return [
    ...problems.slice(0, shownProblems).map(({ kind, trial, sentence }) => `${kind} at trial ${trial}: ${sentence}`),
    ...(problems.length > shownProblems ? [`${problems.length - shownProblems} more such problems`] : []),
    ...faultFree.failures.map((failure) => `without any fault: ${failure}`),
    ...(vacuous.length > 0 ? [`vacuous, never put to the test: ${vacuous.join(', ')}`] : []),
    ...(idle.length > 0 ? [`faults that never struck: ${idle.join(', ')}`] : []),
    ...(outside.length > 0 ? [`outside the world, on real time: ${outside.join(', ')}`] : []),
    ...Object.entries(search?.tally.leftovers ?? {}).map(
      ([what, n]) => `left running: ${what} in ${quantity(n, 'trial')}`,
    ),
    ...unusedAcceptances.map(({ property }) => `acceptance of ${property} that nothing used: remove it`),
  ]
}

function findingLines({ scenario, verdict }: JudgedScenario, finding: Finding, { paint, columns }: Page): string[] {
  const { property, trials, witness, plan, token, accepted } = finding
  const state = findingState(finding, verdict)
  const known = scenario.search?.properties.find(({ id }) => id === property)?.name ?? ''
  const of = scenario.search === null ? '' : ` of ${quantity(scenario.search.tally.trials, 'trial')}`
  const acceptance =
    accepted === null ? [] : [`${state} (${accepted.owner}, until ${accepted.expires}): ${accepted.reason}`]
  const wrapped = (text: string) => wrapText(visibleLine(text), '  ', columns)
  return [
    '',
    `${paint(state === 'accepted' ? 'inconclusive' : 'fail', visibleLine(property))} ${visibleLine(`${known} in ${scenario.name}`)}`,
    ...wrapped(`violated in ${grouped(trials)}${of}: ${witness.sentence}`),
    ...(plan.faults.length === 0 ? wrapped('cause: none needed, it happens without any fault') : []),
    ...plan.faults.flatMap((fault) => wrapped(`cause: ${describeFault(fault)}`)),
    ...acceptance.flatMap(wrapped),
    `  ${visibleLine(replayLine(token))}`,
  ]
}

import { ungradedSentence } from '../../results/graded-reason.ts'
import { quantity } from '../../results/quantity.ts'
import type { NotRun } from '../../results/not-run/not-run-schema.ts'
import { whyNotRun } from '../../results/not-run/not-run-words.ts'
import type { QuarantineResult } from '../../results/quarantine/quarantine-schema.ts'
import type { Results, ScenarioResult } from '../../results/results-schema.ts'
import type { Problem } from '../../results/tally.ts'
import { type MeasuredPromise, measuredPromises } from '../measure/promise.ts'
import { scenarioProblems } from '../scenario-problems.ts'
import type { JudgedScenario } from '../scenario-verdicts.ts'
import { propertyCase } from './property-case.ts'
import { type CaseRemark, type ReportCase, remarkOf } from './report-case.ts'
import { distinctNames } from './distinct-names.ts'

/** Problems told in full; one defect of an agent may show in every block. */
const shownProblems = 20

/**
 * The cases of one scenario: the run without faults, each property, each promise, and each kind of problem of the run
 * itself; no name is there twice.
 *
 * A scenario that does not pass for another reason, say because a property was vacuous, gets a case for its verdict,
 * so that the cases are clean if and only if the exit code is 0.
 */
export function scenarioCases(judged: JudgedScenario, { verdict, notRun }: Results): ReportCase[] {
  const { scenario } = judged
  const { bail = null } = notRun ?? {}
  const ended = bail?.scenario === scenario.name && bail.file === scenario.file ? notRun : null
  const quarantine = scenario.quarantine.find((each) => each.scenario === true && each.state !== 'expired')
  const spared = (one: ReportCase): ReportCase => (quarantine === undefined ? one : held(one, quarantine))
  const cases = [
    spared(faultFreeCase(scenario)),
    ...(scenario.search?.properties ?? []).map((property) => spared(unfinished(propertyCase(property, judged), ended))),
    ...measuredPromises(scenario).map((promise) =>
      promise.kind === 'declaration' ? promiseCase(promise) : spared(promiseCase(promise)),
    ),
    ...problemCases(scenarioProblems(scenario)),
  ]
  const isExplained = cases.some(({ remark }) => remark !== null && remark.outcome !== 'skipped')
  const all = isExplained || judged.verdict.status === 'pass' ? cases : [...cases, verdictCase(judged, verdict.reasons)]
  const names = distinctNames(all.map(({ name }) => name))
  return all.map((each, index) => ({ ...each, name: names[index] ?? each.name }))
}

/** What is no property has a rule with one statement, whichever scenario asks it. */
const statements = {
  'fault-free run': 'Without any fault, every task is solved and every property holds.',
  declaration: 'What an accuracy declaration guarantees is upheld by what was measured.',
  objective: 'What was measured meets the objective.',
  gate: 'Each task for itself meets the gate.',
  'state leak': 'Nothing of one trial reaches another.',
  nondeterminism: 'The same seed gives the same trace.',
  harness: 'The run itself can be trusted.',
  'not run': 'The scenario is run.',
  verdict: 'The scenario passes.',
} as const

type Rule = keyof typeof statements

function plainCase(name: string, rule: Rule, remark: CaseRemark | null): ReportCase {
  return { name, rule, statement: statements[rule], finding: null, remark }
}

function faultFreeCase({ faultFree: { tasks, failures } }: ScenarioResult): ReportCase {
  const [first] = failures
  const text = [`Of ${quantity(tasks, 'task')}, and nothing else was judged:`, ...failures.map((each) => `- ${each}`)]
  const remark = first === undefined ? null : remarkOf('failure', 'fails without faults', first, text.join('\n'))
  return plainCase('run without faults', 'fault-free run', remark)
}

/** A broken promise is a failure; one that the sample cannot decide is an error, because it was not kept either. */
function promiseCase({ kind, title, word, outcome, sentence }: MeasuredPromise): ReportCase {
  const found = outcome === 'held' ? 'skipped' : outcome === 'broken' ? 'failure' : 'error'
  const remark = outcome === 'kept' ? null : remarkOf(found, word, sentence, sentence)
  const spared = remark !== null && outcome === 'held' ? { ...remark, spared: word } : remark
  return plainCase(`${kind}: ${title}`, kind, spared)
}

/** What held until the search was ended has not been shown to hold. */
function unfinished(one: ReportCase, ended: NotRun | null): ReportCase {
  const search = ended?.bail?.search ?? null
  if (ended === null || search === null || search.trials === search.of || one.remark !== null) return one
  const message = `held in ${search.trials} of ${quantity(search.of, 'trial')}; the others were not run, because ${whyNotRun('bail', ended)}`
  return { ...one, remark: remarkOf('skipped', 'not run to the end', message, one.statement) }
}

/** What a scenario in quarantine shows is told and fails nothing. */
function held(one: ReportCase, { sentence }: QuarantineResult): ReportCase {
  const { remark } = one
  if (remark === null || remark.outcome === 'skipped') return one
  const type = `${remark.type}, in quarantine`
  return { ...one, remark: { ...remark, outcome: 'skipped', type, spared: sentence } }
}

function problemCases(problems: readonly Problem[]): ReportCase[] {
  return [...Map.groupBy(problems, ({ kind }) => kind)].map(([kind, ofKind]) => {
    const told = ofKind.slice(0, shownProblems).map(({ trial, sentence }) => `trial ${trial}: ${sentence}`)
    const more = ofKind.length - told.length
    const text = [...told, ...(more > 0 ? [`and ${more} more in results.json`] : [])].join('\n')
    const name = kind === 'harness' ? 'harness' : `no ${kind}`
    return plainCase(name, kind, remarkOf('error', kind, told[0] ?? kind, text))
  })
}

function verdictCase({ scenario, verdict: { status } }: JudgedScenario, reasons: readonly string[]): ReportCase {
  const own = reasons.filter((reason) => ungradedSentence(reason).sentence.startsWith(`${scenario.name}: `))
  const outcome = status === 'fail' ? 'failure' : 'error'
  const message = own[0] ?? `${scenario.name}: ${status}.`
  return plainCase('verdict', 'verdict', remarkOf(outcome, status, message, own.join('\n')))
}

/** The case of a run without any scenario: nothing run is no pass, and a file without any case would look like one. */
export function emptyRunCase({ verdict: { status, summary, reasons } }: Results): ReportCase {
  return plainCase('verdict', 'verdict', remarkOf('error', status, summary, reasons.join('\n')))
}

/** The case of a scenario that the run was asked to leave out: skipped, because it is no pass. */
export function notRunCase(why: NotRun['scenarios'][number]['why'], notRun: NotRun): ReportCase {
  const message = `not run, because ${whyNotRun(why, notRun)}`
  return plainCase('run', 'not run', remarkOf('skipped', 'not run', message, `${message}.`))
}

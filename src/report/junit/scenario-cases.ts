import { quantity } from '../../results/quantity.ts'
import { quarantineFound } from '../../results/quarantine/quarantine-terms.ts'
import type { Results, ScenarioResult } from '../../results/results-schema.ts'
import type { Problem } from '../../results/tally.ts'
import { type MeasuredPromise, measuredPromises } from '../measure/promise.ts'
import { scenarioProblems } from '../scenario-problems.ts'
import type { JudgedScenario } from '../scenario-verdicts.ts'
import type { JunitCase } from './junit-case.ts'
import { propertyCase } from './property-case.ts'

/** Problems told in full; one defect of an agent may show in every block. */
const shownProblems = 20

/**
 * The test cases of one scenario: the run without faults, each property, and each kind of problem of the run itself.
 *
 * A scenario that does not pass for another reason, say because a property was vacuous, gets a case for its verdict,
 * so that the file is clean if and only if the exit code is 0.
 */
export function scenarioCases(judged: JudgedScenario, { verdict }: Results): JunitCase[] {
  const { scenario } = judged
  const isHeld = quarantineFound(scenario.quarantine).scenario
  const spared = (one: JunitCase): JunitCase => (isHeld ? held(one) : one)
  const cases = [
    spared(faultFreeCase(scenario)),
    ...(scenario.search?.properties ?? []).map((property) => spared(propertyCase(property, judged))),
    ...measuredPromises(scenario).map((promise) =>
      promise.kind === 'declaration' ? promiseCase(promise) : spared(promiseCase(promise)),
    ),
    ...problemCases(scenarioProblems(scenario)),
  ]
  const isExplained = cases.some(({ remark }) => remark !== null && remark.element !== 'skipped')
  return isExplained || judged.verdict.status === 'pass' ? cases : [...cases, verdictCase(judged, verdict.reasons)]
}

function faultFreeCase({ faultFree: { tasks, failures } }: ScenarioResult): JunitCase {
  const name = 'run without faults'
  const [first] = failures
  if (first === undefined) return { name, remark: null }
  const text = [`Of ${quantity(tasks, 'task')}, and nothing else was judged:`, ...failures.map((each) => `- ${each}`)]
  return { name, remark: { element: 'failure', type: 'fails without faults', message: first, text: text.join('\n') } }
}

/** A broken promise is a failure; one that the sample cannot decide is an error, because it was not kept either. */
function promiseCase({ kind, title, word, outcome, sentence }: MeasuredPromise): JunitCase {
  const name = `${kind}: ${title}`
  if (outcome === 'kept') return { name, remark: null }
  const element = outcome === 'held' ? 'skipped' : outcome === 'broken' ? 'failure' : 'error'
  return { name, remark: { element, type: word, message: sentence, text: sentence } }
}

/** What a scenario in quarantine shows is told and fails nothing. */
function held({ name, remark }: JunitCase): JunitCase {
  if (remark === null || remark.element === 'skipped') return { name, remark }
  return { name, remark: { ...remark, element: 'skipped', type: `${remark.type}, in quarantine` } }
}

function problemCases(problems: readonly Problem[]): JunitCase[] {
  return [...Map.groupBy(problems, ({ kind }) => kind)].map(([kind, ofKind]) => {
    const told = ofKind.slice(0, shownProblems).map(({ trial, sentence }) => `trial ${trial}: ${sentence}`)
    const more = ofKind.length - told.length
    return {
      name: kind === 'harness' ? 'harness' : `no ${kind}`,
      remark: {
        element: 'error',
        type: kind,
        message: told[0] ?? kind,
        text: [...told, ...(more > 0 ? [`and ${more} more in results.json`] : [])].join('\n'),
      },
    }
  })
}

function verdictCase({ scenario, verdict: { status } }: JudgedScenario, reasons: readonly string[]): JunitCase {
  const own = reasons.filter((reason) => reason.startsWith(`${scenario.name}: `))
  return {
    name: 'verdict',
    remark: {
      element: status === 'fail' ? 'failure' : 'error',
      type: status,
      message: own[0] ?? `${scenario.name}: ${status}.`,
      text: own.join('\n'),
    },
  }
}

import type { Results } from '../../results/results-schema.ts'
import { type JudgedScenario, scenarioVerdicts } from '../scenario-verdicts.ts'
import { type JunitCase, type JunitRemark, caseElement } from './junit-case.ts'
import { scenarioCases } from './scenario-cases.ts'
import { type XmlElement, renderXml } from './xml.ts'

/**
 * Renders results as JUnit XML, which CI services show beside other tests: a suite for each scenario, a case for each
 * property.
 *
 * Elements and attributes are those of the schema junit-10.xsd of Jenkins' xUnit plugin. Times are left out: trials run
 * in virtual time and are shared by all properties, so a real time would differ between equal runs and a virtual one
 * would be taken for real. Virtual seconds are among the properties of each suite.
 */
export function renderJunit(results: Results): string {
  const suites = scenarioVerdicts(results).map((judged) => suiteOf(judged, results))
  const shown = suites.length > 0 ? suites : [emptySuite(results)]
  const all = shown.flatMap(({ cases }) => cases)
  return renderXml({
    name: 'testsuites',
    attributes: { name: 'shakedown', ...countsOf(all, false) },
    content: shown.map(({ element }) => element),
  })
}

interface Suite {
  readonly cases: readonly JunitCase[]
  readonly element: XmlElement
}

function suiteOf(judged: JudgedScenario, results: Results): Suite {
  const { scenario } = judged
  const cases = scenarioCases(judged, results)
  const { name, file } = scenario
  return {
    cases,
    element: {
      name: 'testsuite',
      attributes: { name, ...countsOf(cases, true), file },
      content: [suiteProperties(judged, results), ...cases.map((each) => caseElement(each, name))],
    },
  }
}

function suiteProperties({ scenario: { search }, verdict }: JudgedScenario, results: Results): XmlElement {
  const values: Readonly<Record<string, string | number>> = {
    verdict: verdict.status,
    seed: results.seed,
    shakedown: results.shakedown,
    ...(search !== null && {
      trials: search.tally.trials,
      declaredTrials: search.declaredTrials,
      calls: search.tally.calls,
      virtualSeconds: search.tally.virtualMs / 1_000,
      traceHash: search.traceHash,
    }),
  }
  return {
    name: 'properties',
    attributes: {},
    content: Object.entries(values).map(([name, value]) => ({
      name: 'property',
      attributes: { name, value },
      content: [],
    })),
  }
}

/** Nothing run is no pass, and a file without any case would look like one. */
function emptySuite({ verdict }: Results): Suite {
  const { status, summary, reasons } = verdict
  const remark: JunitRemark = { element: 'error', type: status, message: summary, text: reasons.join('\n') }
  const cases = [{ name: 'verdict', remark }]
  return {
    cases,
    element: {
      name: 'testsuite',
      attributes: { name: 'shakedown', ...countsOf(cases, true) },
      content: cases.map((each) => caseElement(each, 'shakedown')),
    },
  }
}

/** The schema knows `skipped` of a suite, and not of the whole. */
function countsOf(cases: readonly JunitCase[], withSkipped: boolean): Record<string, number> {
  const count = (element: string) => cases.filter(({ remark }) => remark?.element === element).length
  return {
    tests: cases.length,
    failures: count('failure'),
    errors: count('error'),
    ...(withSkipped ? { skipped: count('skipped') } : {}),
  }
}

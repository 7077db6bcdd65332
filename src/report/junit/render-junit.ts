import type { Results } from '../../results/results-schema.ts'
import type { ReportCase } from '../cases/report-case.ts'
import { type ReportSuite, reportSuites } from '../cases/report-suites.ts'
import type { JudgedScenario } from '../scenario-verdicts.ts'
import { shortened } from '../shortened.ts'
import { type XmlElement, renderXml } from '../xml.ts'

/** Letters of a message and of a text: a service refuses a whole file for one text of 10 MB. */
const limits = { message: 2_000, text: 20_000 } as const

/**
 * No test has a time of its own: trials are shared by all properties, a real time would differ between equal runs, and a
 * virtual one would be taken for real. Some readers show one that is missing as `NaN`.
 */
const time = '0'

/**
 * Renders results as JUnit XML, which CI services show beside other tests: a suite for each scenario, a case for each
 * property.
 *
 * Elements and attributes are those of the schema junit-10.xsd of Jenkins' xUnit plugin. Virtual seconds are among the
 * properties of each suite.
 *
 * @param folder the folder of the configuration, relative to the repository
 */
export function renderJunit(results: Results, folder = ''): string {
  const suites = reportSuites(results, folder)
  const all = suites.flatMap(({ cases }) => cases)
  return renderXml({
    name: 'testsuites',
    attributes: { name: 'shakedown', ...countsOf(all, false), time },
    content: suites.map((suite) => suiteElement(suite, results)),
  })
}

function suiteElement({ name, file, judged, cases }: ReportSuite, results: Results): XmlElement {
  return {
    name: 'testsuite',
    attributes: { name, ...countsOf(cases, true), time, ...(file === null ? {} : { file }) },
    content: [
      ...(judged === null ? [] : [suiteProperties(judged, results)]),
      ...cases.map((each) => caseElement(each, name)),
    ],
  }
}

function caseElement({ name, remark }: ReportCase, classname: string): XmlElement {
  return {
    name: 'testcase',
    attributes: { classname, name, time },
    content:
      remark === null
        ? []
        : [
            {
              name: remark.outcome,
              attributes: { type: remark.type, message: shortened(remark.message, limits.message) },
              content: shortened(remark.text, limits.text),
            },
          ],
  }
}

function suiteProperties({ scenario: { search }, verdict }: JudgedScenario, results: Results): XmlElement {
  const values: Readonly<Record<string, string | number>> = {
    verdict: verdict.status,
    seed: results.seed,
    shakedown: shortened(results.shakedown, limits.message),
    ...(results.edition !== undefined && { edition: results.edition.name, fullResults: results.edition.full }),
    ...(search !== null && {
      trials: search.tally.trials,
      declaredTrials: search.declaredTrials,
      calls: search.tally.calls,
      virtualSeconds: search.tally.virtualMs / 1_000,
      traceHash: shortened(search.traceHash, limits.message),
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

/** The schema knows `skipped` of a suite, and not of the whole. */
function countsOf(cases: readonly ReportCase[], withSkipped: boolean): Record<string, number> {
  const count = (outcome: string) => cases.filter(({ remark }) => remark?.outcome === outcome).length
  return {
    tests: cases.length,
    failures: count('failure'),
    errors: count('error'),
    ...(withSkipped ? { skipped: count('skipped') } : {}),
  }
}

import type { Results } from '../../results/results-schema.ts'
import { verdictText } from '../../results/verdict.ts'
import { boundedTexts } from '../bounded-texts.ts'
import { raisedCases } from '../cases/raised-cases.ts'
import { reportSuites } from '../cases/report-suites.ts'
import { visibleJson } from '../visible-json.ts'
import { ruleId, sarifRules } from './sarif-rules.ts'
import { sarifResult } from './sarif-result.ts'

const schema = 'https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json'

/** GitHub reads no more results of a run, and says nothing of the rest. */
const mostResults = 25_000

/**
 * Renders results as SARIF 2.1.0, for the code scanning of GitHub and other readers of static analysis.
 *
 * The rules are everything that was judged; a result is what failed (`error`), what could not be decided (`warning`) or
 * what is accepted or in quarantine (`note`, suppressed).
 *
 * @param folder the folder of the configuration, relative to the repository
 */
export function renderSarif(results: Results, folder = ''): string {
  const rules = sarifRules(reportSuites(results, folder).flatMap(({ cases }) => cases))
  const indices = new Map(rules.map(({ id }, index) => [id, index]))
  const raised = raisedCases(results, folder).slice(0, mostResults)
  const { verdict, seed, shakedown } = boundedTexts(results)
  return visibleJson({
    $schema: schema,
    version: '2.1.0',
    runs: [
      {
        tool: { driver: { name: 'Shakedown', version: shakedown, rules } },
        columnKind: 'utf16CodeUnits',
        results: raised.map((each) => sarifResult(each, indices.get(ruleId(each)) ?? -1)),
        properties: { verdict: verdictText(verdict), exitCode: verdict.exitCode, seed },
      },
    ],
  })
}

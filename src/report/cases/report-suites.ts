import type { Results } from '../../results/results-schema.ts'
import { type JudgedScenario, scenarioVerdicts } from '../scenario-verdicts.ts'
import { boundedTexts } from '../bounded-texts.ts'
import { shortened } from '../shortened.ts'
import { visibleLine } from '../visible-text.ts'
import { distinctNames } from './distinct-names.ts'
import type { ReportCase } from './report-case.ts'
import { emptyRunCase, notRunCase, scenarioCases } from './scenario-cases.ts'

/** The cases of one scenario. */
export interface ReportSuite {
  /** The name of the scenario; with a number where two scenarios have the same. */
  readonly name: string
  /** The scenario file, relative to the repository, with forward slashes; null for a run without any scenario. */
  readonly file: string | null
  /** The line of the file at which the scenario is defined. */
  readonly line: number
  readonly judged: JudgedScenario | null
  readonly cases: readonly ReportCase[]
}

/** Letters that the path of a file may take. */
const mostLetters = 1_000

/**
 * Everything that a run was asked, by scenario, for services that know tests; never without a case.
 *
 * @param folder the folder of the configuration, relative to the repository, with forward slashes; empty where they are one
 */
export function reportSuites(whole: Results, folder = ''): ReportSuite[] {
  const results = boundedTexts(whole)
  const judged = scenarioVerdicts(results)
  if (judged.length === 0)
    return [{ name: 'shakedown', file: null, line: 1, judged: null, cases: [emptyRunCase(results)] }]
  const { notRun } = results
  const left = notRun?.scenarios ?? []
  const names = distinctNames([...judged.map(({ scenario }) => scenario.name), ...left.map(({ file }) => file)])
  const fileOf = (file: string): string =>
    shortened(visibleLine([folder, file].filter((part) => part !== '').join('/')), mostLetters)
  const suites = judged.map((each, index) => ({
    name: names[index] ?? each.scenario.name,
    file: fileOf(each.scenario.file),
    line: each.scenario.line,
    judged: each,
    cases: scenarioCases(each, results),
  }))
  const skipped = left.map(({ file, why }, index) => ({
    name: names[judged.length + index] ?? file,
    file: fileOf(file),
    line: 1,
    judged: null,
    cases: notRun === null ? [] : [notRunCase(why, notRun)],
  }))
  return [...suites, ...skipped]
}

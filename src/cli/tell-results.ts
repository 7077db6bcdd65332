import { resolve } from 'node:path'
import { printedJson } from '../report/printed-json.ts'
import { publishReport } from '../report/publish-report.ts'
import { formatsFor } from '../report/format-files.ts'
import { outdatedFiles, reportFiles } from '../report/report-files.ts'
import { renderBrief } from '../report/terminal/render-brief.ts'
import { renderTerminal } from '../report/terminal/render-terminal.ts'
import type { ReportFormat } from '../results/report-format.ts'
import type { Trends } from '../results/trends/trends.ts'
import type { RunOutcome } from '../runner/run-scenarios.ts'
import { automatedReader } from './automated-reader.ts'
import { updateBaseline } from './baselines.ts'
import { type Previous, keepAmong, trendsWith } from './previous.ts'
import { tellGithub, tellsGithub } from './tell-github.ts'
import { terminalOf } from './terminal.ts'

/** How the results of a run are told. */
export type Telling = 'json' | 'brief' | 'full'

/** As the flags say; where they are silent, briefly to an AI agent, and in full to people. */
export function tellingOf({ json, quiet }: { readonly json: boolean; readonly quiet?: boolean | undefined }): Telling {
  if (json) return 'json'
  return (quiet ?? automatedReader() !== null) ? 'brief' : 'full'
}

/** What becomes of the results of a run. */
export interface Ending {
  /** Where the report is written. */
  readonly folder: string
  readonly telling: Telling
  /** Files for other programs, beside those of every report. */
  readonly formats: readonly ReportFormat[]
  /** Whether a job of GitHub Actions is told as well; undefined: where this is one. */
  readonly github: boolean | undefined
  /** The baseline that they replace; null for none. */
  readonly toUpdate: string | null
  /** Earlier results, over which trends are told; null for none. */
  readonly previous: Previous | null
}

/** Ends a run: writes its report, tells its results, and sets the exit code to the verdict's. */
export function endRun({ results, environment }: RunOutcome, ending: Ending): void {
  const { folder, telling, toUpdate, previous } = ending
  const trends = trendsWith(previous, results, environment)
  const files = reportFiles(results, environment, formatsFor(folder, ending.formats), trends)
  publishReport(folder, files, outdatedFiles(trends))
  tellResults({ results, environment }, folder, telling, trends)
  if (tellsGithub(ending.github)) tellGithub(results, environment, trends)
  if (toUpdate !== null) process.stderr.write(`${updateBaseline(toUpdate, results)}\n`)
  if (previous?.isUpdated === true) process.stderr.write(`${keepAmong(previous, results, environment)}\n`)
  process.exitCode = results.verdict.exitCode
}

function tellResults(
  { results, environment }: RunOutcome,
  folder: string,
  telling: Telling,
  trends: Trends | null,
): void {
  const { stdout } = process
  const page = `Report: ${resolve(folder, 'index.html')}`
  if (telling === 'json') stdout.write(printedJson(results))
  else if (telling === 'full')
    stdout.write(`${renderTerminal(results, terminalOf(stdout), trends, environment)}\n${page}\n`)
  else {
    stdout.write(`${renderBrief(results, terminalOf(stdout))}Results: ${resolve(folder, 'results.json')}\n${page}\n`)
  }
}

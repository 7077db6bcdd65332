import { readFileSync } from 'node:fs'
import { basename, dirname, join, resolve } from 'node:path'
import type { Command } from 'commander'
import { dateOfRun } from '../../history/date-of-run.ts'
import { environmentBeside } from '../../history/read-earlier-runs.ts'
import { claimFolder } from '../../report/claim-folder.ts'
import { formatsFor } from '../../report/format-files.ts'
import { publishReport } from '../../report/publish-report.ts'
import { outdatedFiles, reportFiles } from '../../report/report-files.ts'
import { verdictLine } from '../../report/terminal/verdict-line.ts'
import { keptNames } from '../../results/edition-schema.ts'
import type { Environment } from '../../results/environment-schema.ts'
import { readResults } from '../../results/read-results.ts'
import type { Results } from '../../results/results-schema.ts'
import type { Trends } from '../../results/trends/trends.ts'
import { trendsOf } from '../../results/trends/trends-of.ts'
import { collect } from '../collect.ts'
import { addPictures } from '../editions/add-pictures.ts'
import { publicReport } from '../editions/public-report.ts'
import { type ReportFlags, parseReportFlags, pdfHelp, pictureHelp } from '../editions/report-flags.ts'
import { formatsHelp } from '../formats-flag.ts'
import { readPrevious } from '../previous.ts'
import { readResultsText } from '../read-results-file.ts'
import { tellGithub } from '../tell-github.ts'
import { terminalOf } from '../terminal.ts'

/** `shakedown report <results.json>`: renders results again, e.g. those that a CI job kept. */
export function addReportCommand(program: Command): void {
  program
    .command('report')
    .description('render a results.json again, and exit with its verdict')
    .argument('<file>', 'the results.json of a run')
    .option('--out <folder>', 'where the report is written; default the folder of the file')
    .option('--format <list>', formatsHelp, collect)
    .option('--github', 'annotate files and add to the summary of a job of GitHub Actions')
    .option('--previous <folder>', 'earlier results, for trends and burn rates')
    .option('--period <days>', 'the period of the objectives, with which the windows of burn rates scale; default 30')
    .option('--public', 'an edition for customers, without names, prompts and transcripts; needs --out')
    .option('--keep <names>', `names that the public edition keeps: ${keptNames.join(', ')}; may be repeated`, collect)
    .option('--picture', pictureHelp)
    .option('--pdf', pdfHelp)
    .action((file: string, flags: unknown) => report(file, parseReportFlags(flags)))
}

function report(file: string, flags: ReportFlags): void {
  const path = resolve(file)
  const text = readResultsText(path)
  const full = readResults(text, path)
  const folder = flags.out === undefined ? dirname(path) : resolve(flags.out)
  const edition = flags.public ? publicReport(full, readFileSync(path), { flags, folder, path }) : null
  const results = edition ?? full
  // Where the run took place is no part of a public edition.
  const environment = edition === null ? environmentOf(path) : null
  const trends = trendsBefore(path, results, environment, flags)
  const formats = formatsFor(folder, flags.format)
  const claim = claimFolder(folder)
  try {
    // The results stay the bytes that the run wrote; everything else is rendered from them.
    const kept = edition === null ? { 'results.json': text } : {}
    publishReport(folder, { ...reportFiles(results, environment, formats, trends), ...kept }, outdatedFiles(trends))
    const verdict = verdictLine(results.verdict, terminalOf(process.stdout))
    process.stdout.write(`${verdict}\nReport: ${join(folder, 'index.html')}\n`)
    if (flags.github) tellGithub(results, environment, trends)
    process.exitCode = results.verdict.exitCode
    addPictures(folder, results, environment, { ...flags, stream: process.stdout })
  } finally {
    claim.release()
  }
}

function environmentOf(path: string): Environment | null {
  return environmentBeside(path) ?? environmentBeside(join(dirname(path), 'results.json'))
}

function trendsBefore(
  path: string,
  results: Results,
  environment: Environment | null,
  flags: ReportFlags,
): Trends | null {
  const previous = readPrevious('', {}, { ...flags, updatePrevious: false })
  if (previous === null) return null
  const at = dateOfRun(environment, `${basename(dirname(path))}/${basename(path)}`, path)
  const commit = environment?.commit ?? null
  return trendsOf({ name: 'this run', at, commit, results }, previous.earlier, previous.periodMs)
}

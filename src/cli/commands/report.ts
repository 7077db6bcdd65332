import { basename, dirname, join, resolve } from 'node:path'
import type { Command } from 'commander'
import { z } from 'zod'
import { parseInput } from '../../contract/parse.ts'
import { dateOfRun } from '../../history/date-of-run.ts'
import { environmentBeside } from '../../history/read-earlier-runs.ts'
import { claimFolder } from '../../report/claim-folder.ts'
import { formatsFor } from '../../report/format-files.ts'
import { publishReport } from '../../report/publish-report.ts'
import { outdatedFiles, reportFiles } from '../../report/report-files.ts'
import type { Environment } from '../../results/environment-schema.ts'
import { readResults } from '../../results/read-results.ts'
import type { Results } from '../../results/results-schema.ts'
import type { Trends } from '../../results/trends/trends.ts'
import { trendsOf } from '../../results/trends/trends-of.ts'
import { collect } from '../collect.ts'
import { formatsFlag, formatsHelp } from '../formats-flag.ts'
import { periodFlag, readPrevious } from '../previous.ts'
import { readResultsText } from '../read-results-file.ts'
import { tellGithub } from '../tell-github.ts'

const flagsSchema = z.strictObject({
  out: z.string().min(1).optional(),
  format: formatsFlag,
  github: z.boolean().default(false),
  previous: z.string().min(1).optional(),
  period: periodFlag,
})

type Flags = z.output<typeof flagsSchema>

/** `shakedown report <results.json>`: renders results again, e.g. those that a CI job kept. */
export function addReportCommand(program: Command): void {
  program
    .command('report')
    .description('render a results.json again')
    .argument('<file>', 'the results.json of a run')
    .option('--out <folder>', 'where the report is written; default the folder of the file')
    .option('--format <list>', formatsHelp, collect)
    .option('--github', 'annotate files and add to the summary of a job of GitHub Actions')
    .option('--previous <folder>', 'earlier results, for trends and burn rates')
    .option('--period <days>', 'the period of the objectives, with which the windows of burn rates scale; default 30')
    .action((file: string, flags: unknown) => report(file, flags))
}

function report(file: string, rawFlags: unknown): void {
  const flags = parseInput(flagsSchema, rawFlags, 'flags of `shakedown report`', 'see `shakedown report --help`')
  const path = resolve(file)
  const text = readResultsText(path)
  const results = readResults(text, path)
  const environment = environmentBeside(path) ?? environmentBeside(join(dirname(path), 'results.json'))
  const trends = trendsBefore(path, results, environment, flags)
  const folder = flags.out === undefined ? dirname(path) : resolve(flags.out)
  const formats = formatsFor(folder, flags.format)
  const claim = claimFolder(folder)
  try {
    // The results stay the bytes that the run wrote; everything else is rendered from them.
    const files = { ...reportFiles(results, environment, formats, trends), 'results.json': text }
    publishReport(folder, files, outdatedFiles(trends))
  } finally {
    claim.release()
  }
  process.stdout.write(`Report: ${join(folder, 'index.html')}\n`)
  if (flags.github) tellGithub(results, environment?.folder ?? '', trends)
  process.exitCode = results.verdict.exitCode
}

function trendsBefore(path: string, results: Results, environment: Environment | null, flags: Flags): Trends | null {
  const previous = readPrevious('', {}, { ...flags, updatePrevious: false })
  if (previous === null) return null
  const at = dateOfRun(environment, `${basename(dirname(path))}/${basename(path)}`, path)
  const commit = environment?.commit ?? null
  return trendsOf({ name: 'this run', at, commit, results }, previous.earlier, previous.periodMs)
}

import { dirname, join, resolve } from 'node:path'
import type { Command } from 'commander'
import { z } from 'zod'
import { parseInput } from '../../contract/parse.ts'
import { claimFolder } from '../../report/claim-folder.ts'
import { formatsFor } from '../../report/format-files.ts'
import { publishReport } from '../../report/publish-report.ts'
import { reportFiles } from '../../report/report-files.ts'
import { readEnvironment, readResults } from '../../results/read-results.ts'
import { collect } from '../collect.ts'
import { formatsFlag, formatsHelp } from '../formats-flag.ts'
import { tellGithub } from '../tell-github.ts'
import { readIfThere, readResultsText } from '../read-results-file.ts'

const flagsSchema = z.strictObject({
  out: z.string().min(1).optional(),
  format: formatsFlag,
  github: z.boolean().default(false),
})

/** `shakedown report <results.json>`: renders results again, e.g. those that a CI job kept. */
export function addReportCommand(program: Command): void {
  program
    .command('report')
    .description('render a results.json again')
    .argument('<file>', 'the results.json of a run')
    .option('--out <folder>', 'where the report is written; default the folder of the file')
    .option('--format <list>', formatsHelp, collect)
    .option('--github', 'annotate files and add to the summary of a job of GitHub Actions')
    .action((file: string, flags: unknown) => report(file, flags))
}

function report(file: string, rawFlags: unknown): void {
  const { out, format, github } = parseInput(
    flagsSchema,
    rawFlags,
    'flags of `shakedown report`',
    'see `shakedown report --help`',
  )
  const path = resolve(file)
  const text = readResultsText(path)
  const results = readResults(text, path)
  const environmentPath = join(dirname(path), 'environment.json')
  const environmentText = readIfThere(environmentPath)
  const environment = environmentText === null ? null : readEnvironment(environmentText, environmentPath)
  const folder = out === undefined ? dirname(path) : resolve(out)
  const formats = formatsFor(folder, format)
  const claim = claimFolder(folder)
  try {
    // The results stay the bytes that the run wrote; everything else is rendered from them.
    publishReport(folder, { ...reportFiles(results, environment, formats), 'results.json': text })
  } finally {
    claim.release()
  }
  process.stdout.write(`Report: ${join(folder, 'index.html')}\n`)
  if (github) tellGithub(results, environment?.folder ?? '')
  process.exitCode = results.verdict.exitCode
}

import { dirname, join, resolve } from 'node:path'
import type { Command } from 'commander'
import { claimFolder } from '../../report/claim-folder.ts'
import { publishReport } from '../../report/publish-report.ts'
import { reportFiles } from '../../report/report-files.ts'
import { readEnvironment, readResults } from '../../results/read-results.ts'
import { readIfThere, readResultsText } from '../read-results-file.ts'

/** `shakedown report <results.json>`: renders results again, e.g. those that a CI job kept. */
export function addReportCommand(program: Command): void {
  program
    .command('report')
    .description('render a results.json again')
    .argument('<file>', 'the results.json of a run')
    .option('--out <folder>', 'where the report is written; default the folder of the file')
    .action((file: string, { out }: { out?: string }) => report(file, out))
}

function report(file: string, out: string | undefined): void {
  const path = resolve(file)
  const text = readResultsText(path)
  const results = readResults(text, path)
  const environmentPath = join(dirname(path), 'environment.json')
  const environmentText = readIfThere(environmentPath)
  const environment = environmentText === null ? null : readEnvironment(environmentText, environmentPath)
  const folder = out === undefined ? dirname(path) : resolve(out)
  const claim = claimFolder(folder)
  try {
    // The results stay the bytes that the run wrote; everything else is rendered from them.
    publishReport(folder, { ...reportFiles(results, environment), 'results.json': text })
  } finally {
    claim.release()
  }
  process.stdout.write(`Report: ${join(folder, 'index.html')}\n`)
  process.exitCode = results.verdict.exitCode
}

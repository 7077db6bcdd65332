import { appendFileSync, existsSync, statSync } from 'node:fs'
import { annotations } from '../report/github/annotations.ts'
import { renderMarkdown } from '../report/markdown/render-markdown.ts'
import type { Environment } from '../results/environment-schema.ts'
import type { Results } from '../results/results-schema.ts'
import type { Trends } from '../results/trends/trends.ts'

/** What the summary of a step may hold; of one that holds more GitHub shows nothing. */
const mostBytes = 1024 * 1024

/** Whether a job of GitHub Actions is told: as the flag or the configuration says, and where they are silent, in such a job. */
export function tellsGithub(wanted: boolean | undefined): boolean {
  return wanted ?? process.env['GITHUB_ACTIONS'] === 'true'
}

/**
 * Tells a job of GitHub Actions of a run: annotations among its files, and the summary of the job.
 *
 * On standard error, which the runner reads too, so that standard output stays clean.
 *
 * @param environment where the run took place; null where it is unknown
 */
export function tellGithub(results: Results, environment: Environment | null, trends: Trends | null): void {
  for (const line of annotations(results, environment?.folder ?? '')) process.stderr.write(`${line}\n`)
  const path = process.env['GITHUB_STEP_SUMMARY'] ?? ''
  const refusal = path === '' ? null : appendSummary(path, renderMarkdown(results, environment, trends))
  if (refusal !== null) process.stderr.write(`The summary of the job was left out: ${refusal}.\n`)
}

/** What speaks against adding to the summary; a report that cannot be told changes no verdict. */
function appendSummary(path: string, summary: string): string | null {
  try {
    const before = existsSync(path) ? statSync(path).size : 0
    const room = mostBytes - before
    if (Buffer.byteLength(summary) > room)
      return `${room} bytes of it are free, and it takes ${Buffer.byteLength(summary)}`
    appendFileSync(path, summary)
    return null
  } catch (error) {
    return error instanceof Error ? error.message : String(error)
  }
}

import { resolve } from 'node:path'
import { inertJson } from '../report/inert-lines.ts'
import { renderBrief } from '../report/terminal/render-brief.ts'
import { renderTerminal } from '../report/terminal/render-terminal.ts'
import type { Results } from '../results/results-schema.ts'
import { automatedReader } from './automated-reader.ts'
import { terminalOf } from './terminal.ts'

/** How the results of a run are told. */
export type Telling = 'json' | 'brief' | 'full'

/** As the flags say; where they are silent, briefly to an AI agent, and in full to people. */
export function tellingOf({ json, quiet }: { readonly json: boolean; readonly quiet?: boolean | undefined }): Telling {
  if (json) return 'json'
  return (quiet ?? automatedReader() !== null) ? 'brief' : 'full'
}

/** Prints the results of a run, and where its report is. */
export function tellResults(results: Results, folder: string, telling: Telling): void {
  const { stdout } = process
  const page = `Report: ${resolve(folder, 'index.html')}`
  if (telling === 'json') stdout.write(`${inertJson(JSON.stringify(results, null, 2))}\n`)
  else if (telling === 'full') stdout.write(`${renderTerminal(results, terminalOf(stdout))}\n${page}\n`)
  else {
    stdout.write(`${renderBrief(results, terminalOf(stdout))}Results: ${resolve(folder, 'results.json')}\n${page}\n`)
  }
}

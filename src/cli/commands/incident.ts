import { basename, dirname, resolve } from 'node:path'
import type { Command } from 'commander'
import { z } from 'zod'
import { parseInput } from '../../contract/parse.ts'
import { renderIncident } from '../../report/markdown/render-incident.ts'
import { publishReport } from '../../report/publish-report.ts'
import { chooseFinding } from '../../results/incidents/choose-finding.ts'
import { readResultsFile } from '../read-results-file.ts'

const flagsSchema = z.strictObject({ scenario: z.string().optional(), out: z.string().min(1).optional() })

/** `shakedown incident <results.json> [finding]`: drafts a post-incident review of a finding. */
export function addIncidentCommand(program: Command): void {
  program
    .command('incident')
    .description('draft a blameless post-incident review of a finding, as Markdown')
    .argument('<file>', 'the results.json of a run')
    .argument('[finding]', 'ID of the violated property, e.g. R4; may be left out where there is one finding')
    .option('--scenario <name>', 'the scenario of the finding, where several have it')
    .option('--out <file>', 'where the draft is written; printed without it')
    .action((file: string, property: string | undefined, flags: unknown) => incident(file, property, flags))
}

function incident(file: string, property: string | undefined, rawFlags: unknown): void {
  const flags = parseInput(flagsSchema, rawFlags, 'flags of `shakedown incident`', 'see `shakedown incident --help`')
  const path = resolve(file)
  const results = readResultsFile(path)
  const draft = renderIncident(chooseFinding(results, { property, scenario: flags.scenario }, path), results)
  if (flags.out === undefined) {
    process.stdout.write(draft)
    return
  }
  const out = resolve(flags.out)
  // Written whole or not at all, like every report.
  publishReport(dirname(out), { [basename(out)]: draft })
  process.stdout.write(`Draft: ${out}\n`)
}

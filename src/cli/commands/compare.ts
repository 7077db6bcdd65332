import { resolve } from 'node:path'
import type { Command } from 'commander'
import { z } from 'zod'
import { parseInput } from '../../contract/parse.ts'
import { printedJson } from '../../report/printed-json.ts'
import { renderComparison } from '../../report/terminal/render-comparison.ts'
import { compareResults } from '../../results/comparison/compare-results.ts'
import { comparedParts } from '../../results/comparison/comparison-schema.ts'
import { comparisonExitCodes } from '../../results/comparison/comparison-exit-code.ts'
import { collect } from '../collect.ts'
import { marginFlag } from '../margin-flag.ts'
import { readResultsFile } from '../read-results-file.ts'
import { terminalOf } from '../terminal.ts'

const flagsSchema = z.strictObject({
  allow: z.array(z.enum(comparedParts)).default([]),
  margin: marginFlag,
  json: z.boolean().default(false),
})

/** `shakedown compare <baseline> [current]`: says whether an agent got worse since an earlier run. */
export function addCompareCommand(program: Command): void {
  program
    .command('compare')
    .description('compare a result with an earlier one; exit 0 no regression, 1 regressed, 3 undecided, 2 refused')
    .argument('<baseline>', 'the results.json of the earlier run')
    .argument('[current]', 'the results.json of the run to judge', 'reports/latest/results.json')
    .option('--allow <part>', `what was meant to change: ${comparedParts.join(', ')}; may be repeated`, collect)
    .option('--margin <points>', 'differences within so many percentage points count as none; default 2')
    .option('--json', 'print the comparison as JSON instead of words')
    .action((baseline: string, current: string, flags: unknown) => compare(baseline, current, flags))
}

function compare(baseline: string, current: string, rawFlags: unknown): void {
  const flags = parseInput(flagsSchema, rawFlags, 'flags of `shakedown compare`', 'see `shakedown compare --help`')
  const comparison = compareResults(readResultsFile(resolve(baseline)), readResultsFile(resolve(current)), {
    baseline,
    margin: flags.margin,
    allow: flags.allow,
  })
  const { stdout } = process
  if (flags.json) stdout.write(printedJson(comparison))
  else stdout.write(renderComparison(comparison, terminalOf(stdout)))
  process.exitCode = comparisonExitCodes[comparison.status]
}

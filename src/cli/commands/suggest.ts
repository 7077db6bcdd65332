import { resolve } from 'node:path'
import type { Command } from 'commander'
import { z } from 'zod'
import { parseInput } from '../../contract/parse.ts'
import { printedJson } from '../../report/printed-json.ts'
import { printedText } from '../../report/printed-text.ts'
import { suggestSlo } from '../../results/suggest-slo.ts'
import { suggestionText } from '../../results/suggestion-words.ts'
import { readResultsFile } from '../read-results-file.ts'

const flagsSchema = z.strictObject({ json: z.boolean().default(false) })

/** `shakedown suggest <results.json…>`: the targets that earlier results support. */
export function addSuggestCommand(program: Command): void {
  program
    .command('suggest')
    .description('suggest objectives that earlier results of the same tasks support, and say which they would miss')
    .argument('<results...>', 'the results.json of earlier runs; those with different seeds add up')
    .option('--json', 'print the suggestion as JSON instead of words')
    .action((files: string[], rawFlags: unknown) => {
      const remedy = 'see `shakedown suggest --help`'
      const { json } = parseInput(flagsSchema, rawFlags, 'flags of `shakedown suggest`', remedy)
      const suggestion = suggestSlo(files.map((file) => readResultsFile(resolve(file))))
      process.stdout.write(json ? printedJson(suggestion) : printedText(`${suggestionText(suggestion)}\n`))
    })
}

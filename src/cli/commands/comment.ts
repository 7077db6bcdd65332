import { resolve } from 'node:path'
import type { Command } from 'commander'
import { z } from 'zod'
import { parseInput } from '../../contract/parse.ts'
import { environmentBeside } from '../../history/read-earlier-runs.ts'
import { commentMarker, renderComment } from '../../report/markdown/render-comment.ts'
import { readResultsFile } from '../read-results-file.ts'
import { commentHost } from '../services/comment-host.ts'
import { putComment } from '../services/put-comment.ts'
import { wholeNumberFlag } from '../whole-number-flag.ts'

const flagsSchema = z.strictObject({
  key: z
    .string()
    .regex(/^[\w.-]{1,80}$/, 'expected letters, digits, ".", "_" and "-"')
    .default('default'),
  number: wholeNumberFlag(1, 1_000_000_000).optional(),
})

/** `shakedown comment [results.json]`: puts the summary of a run on its pull request, in place of the one before. */
export function addCommentCommand(program: Command): void {
  program
    .command('comment')
    .description('put the summary of a run on its pull or merge request, in place of the one before')
    .argument('[file]', 'the results.json of the run', 'reports/latest/results.json')
    .option('--key <name>', 'which comment, where several jobs have one each; default "default"')
    .option('--number <number>', 'the pull or merge request; default that of the job')
    .action((file: string, flags: unknown) => comment(file, flags))
}

async function comment(file: string, rawFlags: unknown): Promise<void> {
  const { key, number } = parseInput(
    flagsSchema,
    rawFlags,
    'flags of `shakedown comment`',
    'see `shakedown comment --help`',
  )
  const path = resolve(file)
  const results = readResultsFile(path)
  const host = commentHost(process.env, number)
  const done = await putComment(host, commentMarker(key), renderComment(results, environmentBeside(path), key))
  process.stdout.write(`The comment on ${host.place} was ${done}.\n`)
}

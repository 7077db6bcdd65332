import { existsSync } from 'node:fs'
import { join } from 'node:path'
import type { Command } from 'commander'
import { z } from 'zod'
import { usageError } from '../../contract/errors.ts'
import { parseInput } from '../../contract/parse.ts'
import { printedJson } from '../../report/printed-json.ts'
import { renderReplay } from '../../report/terminal/render-replay.ts'
import { WorkerLost } from '../../runner/worker-process.ts'
import { type ReplayToken, decodeToken } from '../../scenario/replay-token.ts'
import type { Recorded } from '../../scenario/finding.ts'
import { findTokenConfig } from '../find-config.ts'
import { type Project, openProject } from '../open-project.ts'

const flagsSchema = z.strictObject({
  config: z.string().optional(),
  json: z.boolean().default(false),
  allowProduction: z.boolean().default(false),
})

/** `shakedown replay <token>`: runs one finding's trial again, in a fresh process. */
export function addReplayCommand(program: Command): void {
  program
    .command('replay')
    .description('run the trial of a finding again; exit 1 while it still violates its property')
    .argument('<token>', 'the word after "replay" in a report')
    .option(
      '--config <file>',
      'the configuration, or its folder; default the one that the token names, or the nearest harness.config.ts upwards',
    )
    .option('--json', 'print witness and timeline as JSON')
    .option('--allow-production', 'run although NODE_ENV is production')
    .action((word: string, flags: unknown) => replay(word, flags))
}

async function replay(word: string, rawFlags: unknown): Promise<void> {
  const flags = parseInput(flagsSchema, rawFlags, 'flags of `shakedown replay`', 'see `shakedown replay --help`')
  const token = decodeToken(word)
  const config = flags.config ?? (token.config && findTokenConfig(token.config, process.cwd()))
  const project = await openProject({ config, allowProduction: flags.allowProduction })
  const recorded = await runAgain(project, token).finally(() => project[Symbol.dispose]())
  const isSameTrace = recorded.traceHash.startsWith(token.hash)
  if (flags.json) process.stdout.write(printedJson({ ...token, ...recorded, isSameTrace }))
  else process.stdout.write(renderReplay({ ...token, ...recorded, isSameTrace }))
  process.exitCode = recorded.witness === null ? 0 : 1
}

async function runAgain({ root, config, pool }: Project, token: ReplayToken): Promise<Recorded> {
  const { file, seed, trial, property, plan } = token
  const path = join(root, file)
  if (!existsSync(path)) {
    throw usageError(
      'REPLAY_FILE',
      `the token speaks of ${file}, which is not in ${root}; run it in the project it comes from, or give --config.`,
    )
  }
  const { blockedAfterMs } = config
  try {
    return await pool.runFresh('trial', { path, file, seed, blockedAfterMs, trial, property, plan })
  } catch (error) {
    if (!(error instanceof WorkerLost)) throw error
    const sentence = `the process of the agent was lost (${error.how}):\n${error.explanation}`
    return { witness: { sentence, at: 0, calls: [], entry: null, spans: [] }, timeline: [], traceHash: token.hash }
  }
}

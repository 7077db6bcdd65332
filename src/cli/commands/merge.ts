import { join, resolve } from 'node:path'
import type { Command } from 'commander'
import { z } from 'zod'
import { parseInput } from '../../contract/parse.ts'
import { comparedParts } from '../../results/comparison/comparison-schema.ts'
import { runScenarios } from '../../runner/run-scenarios.ts'
import { type MergedShards, mergeShards } from '../../runner/shards/merge-shards.ts'
import { requireOwnRun } from '../../runner/shards/require-own-run.ts'
import { RememberingWorkers } from '../../runner/kept-work/remembering-workers.ts'
import { baselineToUpdate, readBaselines } from '../baselines.ts'
import { collect } from '../collect.ts'
import { defaultWorkers } from '../flags.ts'
import { formatsFlag, formatsHelp } from '../formats-flag.ts'
import { inReportFolder } from '../in-report-folder.ts'
import { type Project, openProject } from '../open-project.ts'
import { periodFlag, readPrevious } from '../previous.ts'
import { progressFor } from '../progress/progress-for.ts'
import { readShards } from '../read-shards.ts'
import { runArguments } from '../run-arguments.ts'
import { endRun, tellingOf } from '../tell-results.ts'
import { wholeNumberFlag } from '../whole-number-flag.ts'

const flagsSchema = z.strictObject({
  config: z.string().optional(),
  workers: wholeNumberFlag(1, 256).optional(),
  out: z.string().min(1).optional(),
  baseline: z.string().min(1).optional(),
  updateBaseline: z.boolean().default(false),
  allow: z.array(z.enum(comparedParts)).default([]),
  previous: z.string().min(1).optional(),
  updatePrevious: z.boolean().default(false),
  period: periodFlag,
  format: formatsFlag,
  github: z.boolean().optional(),
  json: z.boolean().default(false),
  quiet: z.boolean().optional(),
  allowProduction: z.boolean().default(false),
})

type MergeFlags = z.output<typeof flagsSchema>

/** `shakedown merge <shard…>`: puts the shards of one run together, and ends as that run would have. */
export function addMergeCommand(program: Command): void {
  program
    .command('merge')
    .description('put the shards of one run together, write the report and exit with the verdict')
    .argument('<shard...>', 'the folders that `run --shard` wrote to, or their shard.json')
    .option('--config <file>', 'the configuration, or its folder; default the nearest harness.config.ts upwards')
    .option('--workers <number>', 'processes that look for causes; results do not depend on it')
    .option('--out <folder>', 'where the report is written')
    .option('--baseline <file>', 'a results.json to compare with, instead of the configured baselines')
    .option('--update-baseline', 'replace the moving baseline by this run if it passes')
    .option(
      '--allow <part>',
      `what may differ from the baseline: ${comparedParts.join(', ')}; may be repeated`,
      collect,
    )
    .option('--previous <folder>', 'earlier results, for trends and burn rates, instead of the configured folder')
    .option('--update-previous', 'keep this run among the earlier results')
    .option('--period <days>', 'the period of the objectives, with which the windows of burn rates scale; default 30')
    .option('--format <list>', formatsHelp, collect)
    .option('--github', 'annotate files and add to the summary of a job of GitHub Actions; default in such a job')
    .option('--no-github', 'tell GitHub Actions nothing')
    .option('--json', 'print the results as JSON instead of words')
    .option('-q, --quiet', 'print the verdict, its reasons and paths alone; what AI agents are told anyway')
    .option('--no-quiet', 'print everything, also to AI agents')
    .option('--allow-production', 'run although NODE_ENV is production')
    .action((places: string[], flags: unknown) => merge(places, flags))
}

async function merge(places: readonly string[], rawFlags: unknown): Promise<void> {
  const flags = parseInput(flagsSchema, rawFlags, 'flags of `shakedown merge`', 'see `shakedown merge --help`')
  const merged = mergeShards(readShards(places))
  const workers = flags.workers ?? defaultWorkers()
  const project = await openProject({ config: flags.config, allowProduction: flags.allowProduction, workers })
  try {
    await mergeInProject(project, merged, { ...flags, workers })
  } finally {
    project[Symbol.dispose]()
  }
}

async function mergeInProject(
  { root, path, config, pool }: Project,
  { run, isWhole, today, work }: MergedShards,
  flags: MergeFlags & { readonly workers: number },
): Promise<void> {
  const folder = flags.out === undefined ? resolve(root, config.out) : resolve(flags.out)
  const toUpdate = baselineToUpdate(root, config, flags)
  const previous = readPrevious(root, config, flags)
  const telling = tellingOf(flags)
  const progress = progressFor(process.stderr, telling === 'brief')
  const request = {
    pool: new RememberingWorkers(pool, work, () => {}),
    config: { ...config, vacuous: run.vacuous },
    root,
    files: run.scenarios.map(({ file }) => join(root, file)),
    seed: run.seed,
    trials: run.trials,
    isQuick: run.isQuick,
    leftOut: run.leftOut,
    workers: flags.workers,
    today,
    baselines: readBaselines(root, config, flags, isWhole),
    progress,
  }
  await inReportFolder(folder, { pool, progress }, async () => {
    await requireOwnRun(request, run)
    const filters = isWhole ? [] : run.scenarios.map(({ file }) => file)
    const outcome = await runScenarios({
      ...request,
      command: runArguments({ root, path, config }, filters, request),
    })
    progress[Symbol.dispose]()
    const formats = [...config.formats, ...flags.format]
    endRun(outcome, { folder, telling, toUpdate, previous, formats, github: flags.github ?? config.github })
  })
}

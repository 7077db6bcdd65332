import type { Command } from 'commander'
import { comparedParts } from '../../results/comparison/comparison-schema.ts'
import { cachedRun } from '../cached-run.ts'
import { collect } from '../collect.ts'
import { runShard } from '../../runner/shards/run-shard.ts'
import { runScenarios } from '../../runner/run-scenarios.ts'
import { addPictures } from '../editions/add-pictures.ts'
import { pdfHelp, pictureHelp } from '../editions/report-flags.ts'
import { type RunFlags, defaultWorkers, parseRunFlags } from '../flags.ts'
import { inReportFolder } from '../in-report-folder.ts'
import { keepRun } from '../kept-run.ts'
import { type Project, openProject } from '../open-project.ts'
import { formatsHelp } from '../formats-flag.ts'
import { endWithoutScenarios } from '../end-without-scenarios.ts'
import { endRun } from '../tell-results.ts'
import { prepareRun } from '../prepare-run.ts'
import { watchScenarios } from '../watch/watch-scenarios.ts'
import { writeShard } from '../write-shard.ts'

/** `shakedown run [filter…]`: runs scenarios, writes the report, and exits with the verdict. */
export function addRunCommand(program: Command): void {
  program
    .command('run')
    .description('run scenarios, write reports/latest/ and exit with the verdict')
    .argument('[filter...]', 'parts of the paths of the scenario files to run; all without one')
    .option('--config <file>', 'the configuration, or its folder; default the nearest harness.config.ts upwards')
    .option('--seed <number>', 'the seed of every draw')
    .option('--trials <number>', 'trials of each scenario, instead of what it says')
    .option('--workers <number>', 'processes that run trials; results do not depend on it')
    .option('--out <folder>', 'where the report is written')
    .option('--quick', 'fewer trials: for a first look, not for a gate')
    .option('--no-quick', 'with --watch: all trials, instead of fewer')
    .option('--vacuous <fail|allow>', 'whether what was never put to the test keeps the run from passing')
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
    .option('--picture', pictureHelp)
    .option('--pdf', pdfHelp)
    .option('--json', 'print the results as JSON instead of words')
    .option('-q, --quiet', 'print the verdict, its reasons and paths alone; what AI agents are told anyway')
    .option('--no-quiet', 'print everything, also to AI agents')
    .option('--bail [count]', 'end the run once so many scenarios have failed; default 1')
    .option(
      '--last-failed [results]',
      'run only what did not pass in the last results, or in those of this results.json',
    )
    .option('--changed [ref]', 'run only scenarios that depend on what has changed since the merge base with a git ref')
    .option('--pass-with-no-scenarios', 'exit with 0, instead of 3, where these two flags leave nothing to run')
    .option('--shard <i/n>', 'run one of n parts of the blocks; `shakedown merge` puts them together')
    .option('--cache', 'take the work on unchanged scenarios from earlier runs, and keep that of this one')
    .option('--resume', 'continue a run that was killed before its report')
    .option('--watch', 'run again what a change touches, until it is ended; quick trials, unless --no-quick')
    .option('--allow-production', 'run although NODE_ENV is production')
    .action((filters: string[], flags: unknown) => run(filters, flags))
}

async function run(filters: readonly string[], rawFlags: unknown): Promise<void> {
  const flags = parseRunFlags(rawFlags)
  const workers = flags.workers ?? defaultWorkers()
  if (flags.watch) return watchScenarios(filters, { ...flags, workers })
  const project = await openProject({ config: flags.config, allowProduction: flags.allowProduction, workers })
  try {
    await runProject(project, filters, { ...flags, workers })
  } finally {
    project[Symbol.dispose]()
  }
}

async function runProject(
  project: Project,
  filters: readonly string[],
  flags: RunFlags & { readonly workers: number },
): Promise<void> {
  const { folder, request, ending, progress, isWhole } = await prepareRun(project, filters, flags)
  if (request.files.length === 0) return endWithoutScenarios(progress, flags)
  await inReportFolder(folder, { pool: project.pool, progress }, async () => {
    const part = flags.shard ?? null
    const cached = await cachedRun(request, flags.cache)
    const kept = await keepRun(cached.request, { folder, resumes: flags.resume, part })
    if (part === null) {
      const outcome = await runScenarios(kept.request)
      progress[Symbol.dispose]()
      endRun(outcome, ending)
      kept.end()
      cached.end(outcome.results)
      addPictures(folder, outcome.results, outcome.environment, { ...flags, stream: process.stderr })
    } else {
      writeShard(folder, await runShard(kept, part, isWhole))
      kept.end()
      cached.end(null)
    }
  })
}

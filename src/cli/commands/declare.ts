import { readFileSync, writeFileSync } from 'node:fs'
import { resolve } from 'node:path'
import type { Command } from 'commander'
import { z } from 'zod'
import { harnessError, usageError } from '../../contract/errors.ts'
import { parseInput } from '../../contract/parse.ts'
import { declarationVersionSchema } from '../../objectives/declaration-version.ts'
import { metrics } from '../../objectives/metric.ts'
import { chainsOf } from '../../objectives/published-declarations.ts'
import { renderDraft } from '../../report/terminal/render-draft.ts'
import { declaredRun } from '../../results/declared-run.ts'
import { draftDeclaration } from '../../results/draft-declaration.ts'
import { commitOf } from '../../runner/commit-of.ts'
import { declarationText, readDeclarationsFolder } from '../../runner/declarations-folder.ts'
import { realClock } from '../../simulation/real-clock.ts'
import { collect } from '../collect.ts'
import { type Project, openProject } from '../open-project.ts'
import { terminalOf } from '../terminal.ts'
import { wholeNumberFlag } from '../whole-number-flag.ts'

const flagsSchema = z.strictObject({
  config: z.string().optional(),
  out: z.string().min(1).optional(),
  scenario: z.string().optional(),
  agent: z.string().min(1).optional(),
  version: declarationVersionSchema.optional(),
  metric: z.array(z.enum(metrics, { error: `expected one of ${metrics.join(', ')}` })).optional(),
  minimumTrials: wholeNumberFlag(1, 1_000_000).default(100),
  uphold: wholeNumberFlag(1, 1_000_000).optional(),
  digits: wholeNumberFlag(1, 6).default(3),
  validFrom: z.iso.date({ error: 'expected a day such as 2026-01-31' }).optional(),
  validForDays: wholeNumberFlag(1, 36_500).default(90),
  commit: z
    .string()
    .regex(/^[0-9a-f]{7,64}$/, 'expected the hash of a commit, 7 to 64 hexadecimal digits')
    .optional(),
})

/** `shakedown declare <results.json>`: drafts an accuracy declaration from a run, never above what the run supports. */
export function addDeclareCommand(program: Command): void {
  program
    .command('declare')
    .description('draft an accuracy declaration from a run, never above what it supports')
    .argument('<file>', 'the results.json of a run with a measure')
    .option('--config <file>', 'the configuration, or its folder; default the nearest harness.config.ts upwards')
    .option('--out <file>', 'where the draft is written; printed without it')
    .option('--scenario <name>', 'the scenario to declare of, where several were measured')
    .option('--agent <name>', 'whose accuracy it is; default the name of the scenario')
    .option('--version <version>', 'version of the declaration; default the next minor one, 1.0.0 to begin with')
    .option('--metric <name>', 'a metric to declare, may be repeated; default all', collect)
    .option('--minimum-trials <number>', 'independent observations below which nothing is declared; default 100')
    .option('--uphold <trials>', 'keep values low enough for runs of so few trials to uphold; default this run')
    .option('--digits <number>', 'digits of a value, rounded down; default 3')
    .option('--valid-from <day>', 'first day on which it holds; default today')
    .option('--valid-for-days <number>', 'days on which it holds, the first included; default 90')
    .option('--commit <hash>', 'commit of the agent; default what git has checked out')
    .action((file: string, flags: unknown) => declare(file, flags))
}

async function declare(file: string, rawFlags: unknown): Promise<void> {
  const flags = parseInput(flagsSchema, rawFlags, 'flags of `shakedown declare`', 'see `shakedown declare --help`')
  const project = await openProject({ config: flags.config })
  try {
    draftIn(project, file, flags)
  } finally {
    project[Symbol.dispose]()
  }
}

function draftIn({ root, config }: Project, file: string, flags: z.output<typeof flagsSchema>): void {
  const run = declaredRun(read(file), file, flags.scenario ?? null)
  const agent = flags.agent ?? run.measured.scenario
  const chain = chainsOf(readDeclarationsFolder(root, config.declarations)).get(agent)
  const draft = draftDeclaration(run, file, {
    agent,
    version: flags.version ?? null,
    newest: chain?.at(-1)?.declaration.version ?? null,
    commit: flags.commit ?? commitOf(root),
    validFrom: flags.validFrom ?? realClock.today(),
    validForDays: flags.validForDays,
    metrics: flags.metric ?? metrics,
    minimumTrials: flags.minimumTrials,
    digits: flags.digits,
    laterTrials: flags.uphold ?? null,
  })
  const { stdout, stderr } = process
  const text = declarationText(draft.declaration)
  if (flags.out === undefined) {
    stdout.write(text)
    stderr.write(renderDraft(draft, null, terminalOf(stderr)))
  } else {
    write(flags.out, text)
    stdout.write(renderDraft(draft, flags.out, terminalOf(stdout)))
  }
}

function read(file: string): string {
  try {
    return readFileSync(resolve(file), 'utf8')
  } catch (error) {
    throw usageError('NO_RESULTS', `there is no file ${file}; give the results.json that a run has written.`, error)
  }
}

function write(file: string, text: string): void {
  try {
    writeFileSync(resolve(file), text)
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error)
    throw harnessError(
      'NOT_WRITTEN',
      `the draft could not be written to ${file} (${reason}); choose another --out.`,
      error,
    )
  }
}

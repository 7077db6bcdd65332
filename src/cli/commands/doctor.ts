import type { Command } from 'commander'
import { z } from 'zod'
import { parseInput } from '../../contract/parse.ts'
import { printedJson } from '../../report/printed-json.ts'
import { renderDoctor } from '../../report/terminal/render-doctor.ts'
import { type DoctorReport, hasProblem } from '../../results/doctor/doctor-report.ts'
import { realClock } from '../../simulation/real-clock.ts'
import { burnInAll } from '../doctor/burn-in-all.ts'
import { checkNode } from '../doctor/check-node.ts'
import { openForDoctor } from '../doctor/open-for-doctor.ts'
import { examine } from '../doctor/examine.ts'
import { defaultWorkers } from '../flags.ts'
import { terminalOf } from '../terminal.ts'
import { wholeNumberFlag } from '../whole-number-flag.ts'

const flagsSchema = z.strictObject({
  config: z.string().optional(),
  burnIn: wholeNumberFlag(2, 10_000).optional(),
  seed: wholeNumberFlag(0, 0xffff_ffff).optional(),
  trials: wholeNumberFlag(1, 1_000_000).optional(),
  workers: wholeNumberFlag(1, 256).optional(),
  quick: z.boolean().default(false),
  json: z.boolean().default(false),
})

/** `shakedown doctor [filter…]`: looks at the set-up without judging the agent; with `--burn-in`, at how steady gates are. */
export function addDoctorCommand(program: Command): void {
  program
    .command('doctor')
    .description('look at the set-up and how firm the gates are, without judging the agent; exit 1 for a problem')
    .argument('[filter...]', 'parts of the paths of the scenario files to look at; all without one')
    .option('--config <file>', 'the configuration, or its folder; default the nearest harness.config.ts upwards')
    .option('--burn-in <runs>', 'run each measure so often, with other seeds, and tell which gates depend on luck')
    .option('--seed <number>', 'the seed from which those of the burn-in are drawn')
    .option('--trials <number>', 'trials under each condition, instead of what the scenario says')
    .option('--workers <number>', 'processes that run trials; what is found does not depend on it')
    .option('--quick', 'as many trials as a quick run makes')
    .option('--json', 'print JSON instead of words')
    .action((filters: string[], flags: unknown) => doctor(filters, flags))
}

async function doctor(filters: readonly string[], rawFlags: unknown): Promise<void> {
  const flags = parseInput(flagsSchema, rawFlags, 'flags of `shakedown doctor`', 'see `shakedown doctor --help`')
  const report = await reportOf(filters, flags)
  const { stdout } = process
  const { colour, columns } = terminalOf(stdout)
  // A line for each check, for programs that read lines.
  const words = renderDoctor(report, { colour, columns: stdout.isTTY === true ? columns : Infinity })
  stdout.write(flags.json ? printedJson(report) : words)
  process.exitCode = hasProblem(report) ? 1 : 0
}

async function reportOf(filters: readonly string[], flags: z.output<typeof flagsSchema>): Promise<DoctorReport> {
  const base = { format: 'shakedown-doctor', version: 1, seed: flags.seed ?? null, burnIn: null } as const
  const node = checkNode(process.version, process.env['NODE_ENV'])
  if (hasProblem({ checks: node })) return { ...base, checks: node }
  const workers = flags.workers ?? defaultWorkers()
  const { check, project } = await openForDoctor(flags.config, workers)
  if (project === null) return { ...base, checks: [...node, check] }
  try {
    const seed = flags.seed ?? project.config.seed
    const { trials = null, quick: isQuick, burnIn: runs } = flags
    const options = { filters, seed, trials, isQuick, today: realClock.today() }
    const examined = await examine(project, options)
    const checks = [...node, check, ...examined.checks]
    if (runs === undefined) return { ...base, seed, checks }
    const burnt = await burnInAll(project, examined, { ...options, runs, workers })
    return { ...base, seed, checks: [...checks, ...burnt.checks], burnIn: burnt.burnIn }
  } finally {
    project[Symbol.dispose]()
  }
}

import { hash } from 'node:crypto'
import { isDeepStrictEqual } from 'node:util'
import { z } from 'zod'
import { notRunSchema } from '../../results/not-run/not-run-schema.ts'
import { canonicalJson } from '../../scenario/canonical-json.ts'
import { harnessDigest } from '../harness-digest.ts'
import type { RunRequest } from '../run-plan.ts'
import { inputsDigest } from '../modules/inputs.ts'
import { version } from '../version.ts'
import { addressOf } from '../scenario-address.ts'

const digest = z.string().regex(/^[0-9a-f]{64}$/, 'expected a SHA-256 in hexadecimal')

/** Everything that the results of a run follow from: two runs with the same one come to the same bytes. */
export const runIdentitySchema = z.strictObject({
  shakedown: z.string(),
  /** Of Shakedown's own code. */
  harness: digest,
  seed: z.int().min(0).max(0xffff_ffff),
  /** Trials of each scenario; null: what the scenario says. */
  trials: z.int().min(1).nullable(),
  isQuick: z.boolean(),
  vacuous: z.enum(['fail', 'allow']),
  /** Failed scenarios after which the run ends; null: it does not end before its last scenario. */
  bail: z.int().min(1).nullable(),
  /** Of the configuration, but for where results are written and to whom they are told. */
  config: digest,
  /** Of the files that the configuration names as inputs. */
  inputs: digest,
  /** Scenario files that were there and are not to be run. */
  leftOut: notRunSchema.shape.scenarios,
  /** In the order in which they are run, with the digest of what each is made of. */
  scenarios: z.array(z.strictObject({ file: z.string(), digest })),
})

export type RunIdentity = z.output<typeof runIdentitySchema>

/** Tells what a run is, without running anything. */
export async function runIdentity(request: RunRequest): Promise<RunIdentity> {
  const { config, root, seed, trials, isQuick, bail = null, leftOut = [], pool, files } = request
  const { out: _out, cache: _cache, formats: _formats, github: _github, vacuous, ...rest } = config
  const scenarios = files.map(async (path) => {
    const { file } = addressOf(request, path)
    return { file, digest: (await pool.run('modules', { path, file })).digest }
  })
  return {
    shakedown: version,
    harness: harnessDigest(),
    seed,
    trials,
    isQuick,
    vacuous,
    bail,
    leftOut: [...leftOut],
    inputs: inputsDigest(root, config.inputs ?? []),
    config: hash('sha256', canonicalJson(rest), 'hex'),
    scenarios: await Promise.all(scenarios),
  }
}

/** Where two runs differ, as a noun with both values, e.g. `the seed (1 and 2)`; null where they are the same. */
export function identityDifference(one: RunIdentity, other: RunIdentity): string | null {
  const both = (what: string, a: unknown, b: unknown): string | null =>
    a === b ? null : `${what} (${String(a)} and ${String(b)})`
  const files = (run: RunIdentity): string => run.scenarios.map(({ file }) => file).join(', ')
  const changed = one.scenarios.find((scenario, index) => scenario.digest !== other.scenarios[index]?.digest)
  return (
    both('the version of Shakedown', one.shakedown, other.shakedown) ??
    (one.harness === other.harness ? null : "Shakedown's own code") ??
    both('the seed', one.seed, other.seed) ??
    both('--trials', one.trials ?? 'not given', other.trials ?? 'not given') ??
    both('--quick', one.isQuick, other.isQuick) ??
    both('--vacuous', one.vacuous, other.vacuous) ??
    both('--bail', one.bail ?? 'not given', other.bail ?? 'not given') ??
    (one.config === other.config ? null : 'the configuration') ??
    (one.inputs === other.inputs ? null : 'the content of the inputs') ??
    both('the scenario files', files(one), files(other)) ??
    (isDeepStrictEqual(one.leftOut, other.leftOut) ? null : 'what was left out') ??
    (changed === undefined ? null : `the content of ${changed.file} or of what it imports`)
  )
}

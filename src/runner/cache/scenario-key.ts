import { hash } from 'node:crypto'
import process from 'node:process'
import { canonicalJson } from '../../scenario/canonical-json.ts'
import { harnessDigest } from '../harness-digest.ts'
import type { ScenarioModules } from '../modules/scenario-modules.ts'
import { version } from '../version.ts'

/** What the work on a scenario depends on, beside the scenario itself. */
export interface KeyedTerms {
  readonly seed: number
  readonly blockedAfterMs: number
  /** Digest of the files that the configuration names as inputs; null where it names none. */
  readonly inputs: string | null
}

/** A scenario whose work may be kept from one run to the next, or why it may not. */
export type ScenarioKey = { readonly key: string } | { readonly refusal: string }

/**
 * The name under which the work on a scenario is kept: whatever the work follows from is in it.
 *
 * How many trials are run, and how they are judged, is not: each block is found or run by itself.
 */
export function scenarioKey(file: string, modules: ScenarioModules, terms: KeyedTerms): ScenarioKey {
  if (modules.unsure !== null) return { refusal: modules.unsure }
  if (modules.reads !== null && terms.inputs === null) {
    return { refusal: `${modules.reads}, and the configuration does not name what it reads as inputs` }
  }
  const { seed, blockedAfterMs, inputs } = terms
  const content = {
    ...{ file, seed, blockedAfterMs, inputs, modules: modules.digest },
    variables: modules.variables.map((name) => [name, process.env[name] ?? null]),
    ...{ shakedown: version, harness: harnessDigest() },
    // Results are the same on all of them, which is for runs to show and not for a cache to assume.
    ...{ node: process.version, platform: process.platform, arch: process.arch },
  }
  return { key: hash('sha256', canonicalJson(content), 'hex') }
}

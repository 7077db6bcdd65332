import { hash } from 'node:crypto'
import { usageError } from '../contract/errors.ts'
import { evidenceOf, type MeasuredBy } from '../objectives/declaration-evidence.ts'
import type { EvidencedDeclaration } from '../objectives/accuracy-declaration.ts'
import { type ConditionCounts, metricRate } from '../objectives/condition-counts.ts'
import { conditionsOf } from './declaration-result.ts'
import type { MeasureResult } from './measure-schema.ts'
import { readResults } from './read-results.ts'
import type { Results } from './results-schema.ts'

/** A measured scenario of a run, as the evidence of a declaration. */
export interface DeclaredRun {
  /** Everything but the commit, which results do not know. */
  readonly measured: Omit<MeasuredBy, 'commit'>
  readonly conditions: readonly ConditionCounts[]
}

/**
 * Reads what a run can be evidence of.
 *
 * @param text of its `results.json`
 * @param place of it, as errors name it
 * @param scenario name of the scenario; null where only one was measured
 * @throws {ShakedownError} of kind `usage` where nothing was measured, several scenarios were and none is named, or the
 * run cannot be trusted
 */
export function declaredRun(text: string, place: string, scenario: string | null): DeclaredRun {
  const results = readResults(text, place)
  if (results.verdict.status === 'harness failure') {
    throw usageError(
      'UNTRUSTED_RUN',
      `${place}: the run ended as a harness failure, and what it counted is no evidence: ${results.verdict.reasons[0] ?? ''}`,
    )
  }
  if (results.edition !== undefined) {
    throw usageError('EDITION', `${place}: a public edition is no evidence; give the full results.json of the run.`)
  }
  const { name, measure } = measuredScenario(results, place, scenario)
  const { seed, shakedown } = results
  const trials = Math.min(...measure.conditions.map(({ tally }) => tally.trials))
  const hashes = { traceHash: measure.traceHash, results: hash('sha256', text, 'hex') }
  return { measured: { scenario: name, seed, trials, ...hashes, shakedown }, conditions: conditionsOf(measure) }
}

/**
 * Checks the evidence of a declaration against the run that it names.
 *
 * @throws {ShakedownError} of kind `usage` naming what differs
 */
export function requireSameRun(declaration: EvidencedDeclaration, place: string, run: DeclaredRun): void {
  const { measured, values } = declaration
  for (const [field, found] of Object.entries(run.measured)) {
    const stated = Object.entries(measured).find(([name]) => name === field)?.[1]
    if (stated !== found) throw otherRun(place, `"measured.${field}" is ${stated}, and ${found} in the results`)
  }
  for (const [index, { metric, stratum, faultClass, evidence }] of values.entries()) {
    const condition = run.conditions.find(({ name }) => name === faultClass)
    const counted = condition && evidenceOf(metricRate(metric, condition, stratum ?? null))
    const [stated, found] = [evidence, counted].map(countsText)
    if (stated !== found) throw otherRun(place, `"values.${index}" rests on ${stated}, and on ${found} in the results`)
  }
}

function countsText(evidence: ReturnType<typeof evidenceOf> | undefined): string {
  if (!evidence) return 'nothing that was counted'
  const { successes, of, observations, worth = observations } = evidence
  return `${successes} of ${of}, worth ${worth} independent observations`
}

function otherRun(place: string, what: string): Error {
  return usageError(
    'OTHER_RUN',
    `${place}: ${what}; give the results.json that it was drafted from, or draft it again.`,
  )
}

function measuredScenario(
  { scenarios }: Results,
  place: string,
  wanted: string | null,
): { readonly name: string; readonly measure: MeasureResult } {
  const measured = scenarios.flatMap(({ name, measure }) => (measure === null ? [] : [{ name, measure }]))
  const found = wanted === null ? measured : measured.filter(({ name }) => name === wanted)
  const [first, second] = found
  if (first !== undefined && second === undefined) return first
  const names = measured.map(({ name }) => `"${name}"`).join(', ')
  if (measured.length === 0) {
    throw usageError(
      'NOTHING_MEASURED',
      `${place}: no scenario of this run was measured, so that there is nothing to declare; give a scenario a \`measure\` and run it.`,
    )
  }
  throw usageError(
    'WHICH_SCENARIO',
    first === undefined
      ? `${place}: no scenario "${wanted}" was measured in this run; name one of ${names} with --scenario.`
      : `${place}: several scenarios were measured in this run; name one of ${names} with --scenario.`,
  )
}

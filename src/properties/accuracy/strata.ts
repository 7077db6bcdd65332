import type { EventOf } from '../../contract/event.ts'
import type { Conclusion, Judge, Samples } from '../../contract/property.ts'
import { catalogueMember } from '../../faults/catalogue.ts'
import { rejectsRate } from '../../statistics/rejects-rate.ts'
import { type Declared, declaredAccuracy } from './declared-accuracy.ts'

/** The tasks of one trial whose accuracy counts. */
export interface Answered {
  /** Those that were answered with a declared share, until they are graded. */
  readonly declared: Map<number, Declared & { readonly value: number }>
  /** Those whose replies a fault has changed so that nobody could notice: what they say is the provider's. */
  readonly garbled: Set<number>
}

/** No task has been answered. */
export function nothingAnswered(): Answered {
  return { declared: new Map(), garbled: new Set() }
}

/** Notes a fault that nobody could notice. */
export function noteGarbled({ garbled }: Answered, { id, task }: EventOf<'fault.injected'>): void {
  if (catalogueMember(id).isUnnoticeable) garbled.add(task)
}

/** What was declared of a task; undefined where it does not count. */
export function declaredOf({ declared, garbled }: Answered, task: number): (Declared & { value: number }) | undefined {
  return garbled.has(task) ? undefined : declared.get(task)
}

/** Notes a task that was answered with a declared share. */
export function noteAnswer(answered: Answered, { task, outcome }: EventOf<'task.ended'>): void {
  const declared = outcome.answer === null ? null : declaredAccuracy(outcome)
  if (declared === null || declared.value === null) return
  answered.declared.set(task, { ...declared, value: declared.value })
}

/** The share is rounded down to hundredths, in the agent's favour, so that there are few keys. */
export function sampleAnswer(judge: Judge, stratum: string, value: number, isRight: boolean): void {
  judge.trigger()
  judge.sample(
    [stratum, (Math.floor(value * 100 + 1e-9) / 100).toFixed(2), isRight ? 'right' : 'wrong'].join(separator),
  )
}

/** Cannot be typed by accident, and survives JSON. */
const separator = ' | '

interface Stratum {
  readonly name: string
  readonly declared: number
  right: number
  wrong: number
}

/** Significance over all strata together. */
const alpha = 0.05

/**
 * Says whether the graded answers of any stratum refute what was declared for them.
 *
 * The test may be read after every run without losing its level (Robbins 1970); the level is divided by the number of
 * strata (Bonferroni), because one of many would be refuted by chance.
 */
export function concludeStrata(samples: Samples, tolerance: number): Conclusion {
  const strata = readStrata(samples)
  if (strata.length === 0) return { verdict: 'vacuous', sentence: 'no answer with a declared share was graded' }
  const refuted = strata.filter(({ declared, right, wrong }) => {
    const trials = right + wrong
    const claimed = Math.max(0, declared - tolerance)
    return right / trials < claimed && rejectsRate(right, trials, claimed, alpha / strata.length)
  })
  const told = refuted.length > 0 ? refuted : strata
  const sentence = told
    .map(
      ({ name, declared, right, wrong }) => `${name}: ${right} of ${right + wrong} right where ${declared} is declared`,
    )
    .join('; ')
  return { verdict: refuted.length > 0 ? 'violated' : 'holds', sentence }
}

function readStrata(samples: Samples): Stratum[] {
  const strata = new Map<string, Stratum>()
  for (const [key, count] of Object.entries(samples)) {
    const parts = key.split(separator)
    const grade = parts.pop()
    const declared = Number(parts.pop())
    const name = parts.join(separator)
    const id = `${name}${separator}${declared}`
    const stratum = strata.get(id) ?? { name, declared, right: 0, wrong: 0 }
    if (grade === 'right') stratum.right += count
    else stratum.wrong += count
    strata.set(id, stratum)
  }
  return [...strata.values()].toSorted((a, b) => (a.name < b.name ? -1 : a.name > b.name ? 1 : a.declared - b.declared))
}

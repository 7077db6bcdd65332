import type { Task } from '../../contract/task.ts'
import type { IndicatorEvent } from '../../objectives/indicators/indicator-counts.ts'
import { requestTexts } from '../../wire/request-texts.ts'
import type { CheckableClaim } from './claims/checkable-claim.ts'
import { claimsIn } from './claims/claims-in.ts'
import { supportedBy } from './claims/evidence.ts'
import type { TaskRecord } from './task-record.ts'

/** What became of an answer's claims; the first that nothing supports, where there is one. */
export interface CheckedAnswer {
  readonly event: IndicatorEvent
  readonly unsupported: Pick<CheckableClaim, 'kind' | 'text'> | null
}

/**
 * Holds the claims of an answer against what the trace of its task has: the words of the user and of the system, the
 * results of tools, effects that were applied, and what the task lists as derivable. The model's own words support nothing.
 *
 * An answer that made no request, and repeats one of an earlier task of the trial, is held against what that one had.
 */
export function checkedAnswer(record: TaskRecord, earlier: readonly TaskRecord[], task: Task): CheckedAnswer {
  const { outcome } = record
  const claims = claimsIn(outcome?.answer ?? '')
  const effects = outcome?.claims?.effects ?? []
  if (claims.length + effects.length === 0) return checked('excluded', 'no checkable claim')
  const invented = effects.find((key) => !record.appliedByEnd.has(key))
  if (invented !== undefined)
    return { ...checked('bad', 'unsupported effect'), unsupported: { kind: 'effect', text: invented } }
  const unsupported = firstUnsupported(claims, evidenceOf([...sourcesOf(record, earlier), record], task))
  if (unsupported === null) return checked('good', 'supported')
  return { ...checked('bad', `unsupported ${unsupported.kind}`), unsupported }
}

function checked(side: IndicatorEvent['side'], reason: string): CheckedAnswer {
  return { event: { side, reason }, unsupported: null }
}

/** The earlier tasks that made an answer which was kept and given again. */
function sourcesOf({ modelCalls, outcome }: TaskRecord, earlier: readonly TaskRecord[]): readonly TaskRecord[] {
  if (modelCalls.length > 0) return []
  return earlier.filter((one) => one.outcome?.answer === outcome?.answer)
}

/** Texts that support claims, each only once: a request repeats what those before it said. */
function evidenceOf(records: readonly TaskRecord[], { derivable = [] }: Task): ReadonlySet<string> {
  const texts = new Set<string>(derivable)
  for (const { input, toolAnswers, effects, modelCalls } of records) {
    texts.add(input)
    for (const answer of toolAnswers) texts.add(answer)
    for (const { effect } of effects) texts.add(JSON.stringify(effect))
    for (const { sent } of modelCalls) {
      for (const { speaker, text } of requestTexts(sent.body)) if (speaker !== 'model') texts.add(text)
    }
  }
  return texts
}

function firstUnsupported(claims: readonly CheckableClaim[], texts: ReadonlySet<string>): CheckableClaim | null {
  let open = claims
  for (const text of texts) {
    if (open.length === 0) return null
    const supported = supportedBy(text)
    open = open.filter(({ readings }) => !readings.some((reading) => supported.has(reading)))
  }
  return open[0] ?? null
}

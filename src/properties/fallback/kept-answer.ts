import type { FallbackSource } from '../../contract/fallback-profile.ts'
import type { Claims, Outcome } from '../../contract/outcome.ts'
import type { FallbackLedger } from './fallback-ledger.ts'
import type { MadeAnswer } from './made-answers.ts'
import { isSameKey } from './made-answers.ts'
import type { TaskLine } from './task-line.ts'

/** An answer that the agent says it had kept, and the texts of the trial that it can be. */
export interface KeptAnswer {
  readonly answer: string
  readonly claims: Claims
  readonly source: FallbackSource
  /** Whole answers of the primary for this user and these words, of the model that this task asks. */
  readonly right: readonly MadeAnswer[]
  /** Whole answers of the primary that were made for somebody else, for other words or by another model. */
  readonly foreign: readonly MadeAnswer[]
  /** Texts that must not be kept at all. */
  readonly flawed: readonly MadeAnswer[]
}

/** Reads an outcome as an answer from a cache of the chain; null where it is none. */
export function keptAnswer({ chain, made }: FallbackLedger, line: TaskLine, outcome: Outcome): KeptAnswer | null {
  const { answer, claims } = outcome
  const source = chain.sources[chain.placeOf(claims?.source)]
  if (!claims || !answer?.trim() || !source?.cache || source.upstream !== undefined) return null
  const wanted = line.calls.findLast(({ places }) => places[0] === 0)?.view.model
  const isRight = (one: MadeAnswer): boolean => isSameKey(one, line) && (wanted ?? one.model) === one.model
  const known = made.saying(answer).filter((one) => one.line !== line)
  const whole = known.filter(({ flaw }) => flaw === null)
  return {
    ...{ answer, claims, source },
    right: whole.filter(isRight),
    foreign: whole.filter((one) => !isRight(one)),
    flawed: known.filter(({ flaw }) => flaw !== null),
  }
}

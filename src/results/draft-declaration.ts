import type { EvidencedDeclaration } from '../objectives/accuracy-declaration.ts'
import { usageError } from '../contract/errors.ts'
import { dayAfter } from '../objectives/day.ts'
import { nextVersion } from '../objectives/declaration-version.ts'
import { type DraftTerms, type LeftOut, draftValues } from '../objectives/draft-values.ts'
import type { DeclaredRun } from './declared-run.ts'
import { quantity } from './quantity.ts'

/** What a draft is to state besides its values. */
export interface DraftRequest extends Omit<DraftTerms, 'laterShare'> {
  readonly agent: string
  /** Null: the one after the newest published version. */
  readonly version: string | null
  /** The newest published version of the agent; null where there is none. */
  readonly newest: string | null
  readonly commit: string | null
  /** First day, `YYYY-MM-DD`. */
  readonly validFrom: string
  /** Days on which it holds, the first included. */
  readonly validForDays: number
  /** Trials of the smallest run that shall uphold it; null: no allowance for smaller runs. */
  readonly laterTrials: number | null
}

/** A draft with what it leaves out. */
export interface Draft {
  readonly declaration: EvidencedDeclaration
  readonly leftOut: readonly LeftOut[]
}

/**
 * Drafts a declaration from a run.
 *
 * @param place of the results, as errors name it
 * @throws {ShakedownError} of kind `usage` where the run supports no value
 */
export function draftDeclaration({ measured, conditions }: DeclaredRun, place: string, request: DraftRequest): Draft {
  const { agent, version, newest, commit, validFrom, validForDays, laterTrials, minimumTrials } = request
  const laterShare = laterTrials === null || laterTrials >= measured.trials ? null : laterTrials / measured.trials
  const { values, leftOut } = draftValues(conditions, { ...request, laterShare })
  if (values.length === 0) throw nothingSupported(leftOut, place, minimumTrials)
  const { scenario, seed, trials } = measured
  const declaration: EvidencedDeclaration = {
    format: 'shakedown-accuracy-declaration/2',
    agent,
    version: version ?? nextVersion(newest),
    supersedes: newest,
    method: `Graded tasks of "${scenario}": ${quantity(trials, 'trial')} under each condition, seed ${seed}. Each value is at most the lower bound of its two-sided 95 % interval (Clopper–Pearson).`,
    validFrom,
    validUntil: dayAfter(validFrom, validForDays - 1),
    minimumTrials,
    measured: { ...measured, commit },
    values: [...values],
  }
  return { declaration, leftOut }
}

function nothingSupported(leftOut: readonly LeftOut[], place: string, minimumTrials: number): Error {
  const most = Math.max(0, ...leftOut.map(({ observations }) => observations))
  const seen = leftOut.some(({ why }) => why === 'no share')
    ? 'the lower bound of every interval is 0 to so many digits'
    : `no more than ${quantity(most, 'independent observation')} of any metric, and ${minimumTrials} are asked for`
  return usageError(
    'NOTHING_SUPPORTED',
    `${place}: this run supports no value: ${seen}; make more trials, or ask for fewer with --minimum-trials.`,
  )
}

import type { Finding } from '../../results/results-schema.ts'

/** What became of a case that did not simply pass. */
export interface CaseRemark {
  /** `failure`: the agent is at fault; `error`: nothing could be decided; `skipped`: nothing was to be decided. */
  readonly outcome: 'failure' | 'error' | 'skipped'
  /** A word or two to filter by, e.g. `violated`. */
  readonly type: string
  /** One sentence. */
  readonly message: string
  /** Everything a reader needs without the report: some services show this and not the message. Never empty. */
  readonly text: string
  /** Why it is shown and does not gate: an acceptance or a quarantine, by whom and until when; null for everything else. */
  readonly spared: string | null
}

/** One thing that a run was asked, as services for tests understand it; without a remark it is a pass. */
export interface ReportCase {
  /** The same in every run: services follow a case by it. */
  readonly name: string
  /** What kind of question it is: a property by its ID, or a word such as `objective`. */
  readonly rule: string
  /** What is asked for, in a sentence. */
  readonly statement: string
  /** What a property was seen to do; null for everything else. */
  readonly finding: Finding | null
  readonly remark: CaseRemark | null
}

/** A remark on what is not spared. */
export function remarkOf(outcome: CaseRemark['outcome'], type: string, message: string, text: string): CaseRemark {
  return { outcome, type, message, text: text === '' ? message : text, spared: null }
}

/** A question that a run is asked before a deploy, answered from what was searched and measured. */
export interface Answer {
  readonly question: string
  readonly verdict: 'yes' | 'no' | 'unknown' | 'not applicable'
  /** Whole sentences, with numbers and intervals. */
  readonly text: string
}

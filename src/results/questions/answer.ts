/** A question that a run is asked before a deploy, answered from what was searched and measured. */
export interface Answer {
  readonly question: string
  readonly verdict: 'yes' | 'no' | 'unknown' | 'not applicable'
  /** The answer in a word, where the question is not one of yes or no; absent: the verdict is. */
  readonly word?: string
  /** Whole sentences, with numbers and intervals. */
  readonly text: string
}

import type { Finding, Verdict } from '../results/results-schema.ts'

/** `open` gates; `accepted` is shown only; `expired` was accepted once and gates again. */
export type FindingState = 'open' | 'accepted' | 'expired'

/** What a finding counts as, by the verdict of its scenario: reports know no date of their own. */
export function findingState({ property, accepted }: Finding, verdict: Verdict['scenarios'][number]): FindingState {
  if (accepted === null) return 'open'
  return verdict.expired.includes(property) ? 'expired' : 'accepted'
}

/** What usually breaks the properties of declared accuracy, and what to change; by name. */
export const accuracyRemedies: Readonly<Record<string, string>> = {
  'accuracy.presence':
    'Usually one way to an answer, e.g. the fallback, sets no accuracy: set it where the answer is returned, `unknown` where nothing is known.',
  'accuracy.evidence':
    'Usually the interval is typed in or rounded: compute it from successes and trials, by Clopper and Pearson.',
  'accuracy.over_claim':
    'Usually the declared share comes from easier tasks, or from another version: measure again, and declare what that supports.',
  'accuracy.over_claim_under_fault':
    'Usually one share is declared for good and bad days: declare a lower one, or `unknown`, where a call of the task went wrong.',
  'accuracy.monotone':
    'Usually each source has a share of its own that nobody compared: declare for a later source no more than for an earlier one.',
  'accuracy.evidence_change':
    'Usually the declared share is a constant: lower it, or say `unknown`, where a tool answered only in part.',
  'accuracy.abstain':
    'Usually the share is set before the answers are looked at: say `unknown` where nothing that the answer rests on went well.',
  'accuracy.small_sample':
    'Usually the number of trials behind the share is not checked: say `unknown` until there are as many as the profile asks for.',
}

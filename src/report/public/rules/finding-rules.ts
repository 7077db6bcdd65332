import { digest, nothing, ownerName, propertyId } from '../choices.ts'
import { type Rule, fields, instead, keep, kept, omit, text } from '../rule.ts'
import { planRule } from './fault-rules.ts'

/** Who accepted something until when, and not why. */
export const acceptanceRule: Rule = fields({
  property: text(propertyId),
  reason: text(nothing),
  owner: text(ownerName),
  expires: keep,
})

/** Which property, how often, and by which faults; not what was said and done. */
export const findingRule: Rule = fields({
  ...kept('trials', 'firstTrial', 'shrinkTrials'),
  property: text(propertyId),
  plan: planRule,
  witness: fields({ sentence: text(nothing), at: keep, calls: instead([]), entry: instead(null), spans: instead([]) }),
  timeline: instead([]),
  breakers: omit,
  code: omit,
  traceHash: text(digest),
  token: text(nothing),
  accepted: acceptanceRule,
})

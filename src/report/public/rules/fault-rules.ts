import { faultId, upstreamName } from '../choices.ts'
import { type Rule, fields, instead, keep, list, text } from '../rule.ts'

/** Which fault, on which kind of upstream, when; its parameters may hold anything. */
const faultRule = fields({
  id: text(faultId),
  target: fields({ kind: keep, name: text(upstreamName) }),
  trigger: keep,
  parameters: instead({}),
  only: keep,
})

export const faultsRule: Rule = list(faultRule)

export const planRule: Rule = fields({ faults: faultsRule })

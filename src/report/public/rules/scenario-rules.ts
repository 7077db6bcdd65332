import {
  digest,
  faultId,
  familyName,
  nothing,
  ownerName,
  propertyId,
  scenarioName,
  taskName,
  thingName,
  trialEnd,
} from '../choices.ts'
import { type Rule, fields, instead, keep, kept, list, table, text } from '../rule.ts'
import { declarationResultRule } from './declaration-rules.ts'
import { acceptanceRule, findingRule } from './finding-rules.ts'
import { anyGateRule } from './gate-rules.ts'
import { measureRule } from './measure-rules.ts'
import { problemsRule } from './problem-rule.ts'

const searchRule = fields({
  declaredTrials: keep,
  traceHash: text(digest),
  tally: fields({
    ...kept('trials', 'calls', 'virtualMs'),
    blocks: instead([]),
    ends: table(trialEnd),
    triggers: table(propertyId),
    judged: table(propertyId),
    violations: table(propertyId),
    samples: instead({}),
    planned: table(faultId),
    undelivered: table(faultId),
    delivered: table(faultId),
    exposure: table(familyName, fields({ trials: keep, judged: table(propertyId), violated: table(propertyId) })),
    leftovers: table(thingName),
    outside: list(text(thingName)),
    problems: problemsRule,
  }),
  properties: list(
    fields({
      ...kept('verdict', 'triggers', 'violations'),
      id: text(propertyId),
      name: text(nothing),
      statement: text(nothing),
      conclusion: text(nothing),
      accepted: acceptanceRule,
    }),
  ),
  families: list(fields({ family: text(familyName), delivered: keep })),
})

const incidentRule = fields({
  ...kept('severity', 'side', 'source', 'isAccepted', 'respondWithinMs'),
  about: text(nothing),
  evidence: text(nothing),
  actions: instead([]),
})

const quarantineRule = fields({
  ...kept('scenario', 'expires', 'state'),
  task: text(taskName),
  gate: anyGateRule,
  reason: text(nothing),
  owner: text(ownerName),
  sentence: text(nothing),
})

/** One scenario. Its fingerprint is left out: hashes of short texts can be guessed. */
export const scenarioRule: Rule = fields({
  name: text(scenarioName),
  file: text(nothing),
  line: keep,
  faultFree: fields({ tasks: keep, failures: list(text(nothing)) }),
  fingerprint: instead(null),
  search: searchRule,
  findings: list(findingRule),
  measure: measureRule,
  inForce: list(declarationResultRule),
  incidents: list(incidentRule),
  unusedAcceptances: list(acceptanceRule),
  quarantine: list(quarantineRule),
})

import {
  agentName,
  conditionName,
  digest,
  faultClass,
  nothing,
  scenarioName,
  stratumName,
  versionNumber,
} from '../choices.ts'
import { type Rule, fields, instead, kept, list, text } from '../rule.ts'

const valueRule = fields({
  ...kept('metric', 'value', 'evidence'),
  stratum: text(stratumName),
  faultClass: text(faultClass),
})

/** What is guaranteed, by whom, until when and on which counts. */
const declarationRule = fields({
  ...kept('format', 'version', 'supersedes', 'validFrom', 'validUntil', 'minimumTrials', 'digest'),
  agent: text(agentName),
  method: text(nothing),
  values: list(valueRule),
  measured: fields({
    ...kept('seed', 'trials', 'results'),
    scenario: text(scenarioName),
    traceHash: text(digest),
    commit: instead(null),
    shakedown: text(versionNumber),
  }),
  acceptedRegression: fields({ reason: text(nothing), values: list(text(nothing)) }),
})

const checkRule = fields({
  ...kept('metric', 'value', 'verdict', 'observed'),
  stratum: text(stratumName),
  condition: text(conditionName),
  sentence: text(nothing),
})

export const declarationResultRule: Rule = fields({ declaration: declarationRule, checks: list(checkRule) })

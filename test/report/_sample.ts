import { withIncidents } from '../../src/results/incidents/with-incidents.ts'
import type { Environment } from '../../src/results/environment-schema.ts'
import type { PropertyResult, Results, ScenarioResult } from '../../src/results/results-schema.ts'
import { type Tally, emptyTally } from '../../src/results/tally.ts'
import { verdictOf } from '../../src/results/verdict.ts'
import { everyMeasure, keptMeasure, measureSaying } from './_measures.ts'
import { acceptanceOf, doubleRefund, findingOf, rateLimit, sentInCooldown } from './_findings.ts'

/** The day on which the sample was judged. */
export const today = '2026-03-01'

/** What an attacker would have an agent print: markup, quotes, line separators, controls and a reversal of direction. */
export const hostile =
  '</code><script>alert("x")</script><img src=x onerror=\'alert(1)\'> \u2028\u2029 \u0000\u001b[31m\u0007 \u202Egnp.exe \u2066\u200B & `{{verdict}}`'

const statements: Readonly<Record<string, readonly [name: string, statement: string]>> = {
  L1: [
    'loop.termination',
    'Every task ends: within the declared number of model replies and the declared virtual time.',
  ],
  L4: [
    'loop.call-result',
    'In the next model request after a reply with tool calls, each of them has exactly one result.',
  ],
  L8: ['approval.gate', 'A gated tool is called only after an approval given for that tool and those very arguments.'],
  L11: ['effects.at-most-once', 'Each logical effect is applied at most once, whatever is retried.'],
  P1: ['policy.forbidden-tool', 'A forbidden tool is never called, whatever the model asks.'],
  R1: ['retry.bound', 'No logical call is attempted more often than the declared number of attempts over all layers.'],
  R4: ['retry.after', 'No attempt begins before the time that the Retry-After of the attempt before allows.'],
  B3: ['breaker.silence', 'While the breaker is open, no call starts.'],
  B9: ['breaker.reset', 'A breaker that closes counts anew.'],
  R6: ['retry.jitter', 'The gaps before attempts are spread over the declared range.'],
  R5: ['retry.backoff', 'The gap before each attempt is within the declared backoff.'],
}

/** The result of one property, by ID, with its name and statement. */
export function propertyOf(
  id: string,
  verdict: PropertyResult['verdict'] = 'holds',
  triggers = 1_204,
  violations = 0,
): PropertyResult {
  const [name, statement] = statements[id] ?? ['custom.property', 'Something holds.']
  const isJudged = verdict === 'holds' || verdict === 'violated'
  const counted = { triggers: isJudged ? triggers : 0, violations, conclusion: null, accepted: null }
  return { id, name, statement, verdict, ...counted }
}

export function tallyOf(changes: Partial<Tally> = {}): Tally {
  return {
    ...emptyTally,
    trials: 2_000,
    calls: 11_482,
    virtualMs: 147_600_000,
    ends: { finished: 1_994, stalled: 6 },
    planned: { 'tool.error': 800, 'openai.429.tpm': 950, 'latency.fixed': 400 },
    undelivered: { 'tool.error': 31 },
    delivered: { 'tool.error': 812, 'openai.429.tpm': 1_610, 'latency.fixed': 702 },
    exposure: {
      latency: { trials: 380, judged: { L1: 380, P1: 46, R1: 12 }, violated: {} },
      'rate limits': { trials: 902, judged: { L1: 902, R1: 880, R4: 880 }, violated: {} },
      'tool failures': { trials: 741, judged: { L1: 741, P1: 88, R1: 640 }, violated: {} },
    },
    ...changes,
  }
}

/** A scenario without a blemish. */
export function scenarioOf(name: string, changes: Partial<ScenarioResult> = {}): ScenarioResult {
  return withIncidents({
    name,
    file: `scenarios/${name.replaceAll(' ', '-')}.scenario.ts`,
    line: 1,
    faultFree: { tasks: 3, failures: [] },
    fingerprint: null,
    search: searchOf(),
    findings: [],
    measure: null,
    inForce: [],
    incidents: [],
    unusedAcceptances: [],
    quarantine: [],
    ...changes,
  })
}

export function searchOf(
  changes: Partial<NonNullable<ScenarioResult['search']>> = {},
): NonNullable<ScenarioResult['search']> {
  return {
    traceHash: '9c1f0d7be4a83c6b1f1de2a5c0ce02b8c4c90d7f8bd0b8c0fb6ab0dfe1a7a101',
    declaredTrials: 2_000,
    tally: tallyOf(),
    properties: [propertyOf('L1'), propertyOf('R1'), propertyOf('R4'), propertyOf('P1')],
    families: [
      { family: 'tool failures', delivered: 812 },
      { family: 'latency', delivered: 702 },
      { family: 'rate limits', delivered: 1_610 },
    ],
    ...changes,
  }
}

/** Wraps scenarios into results, with the verdict they deserve. */
export function resultsOf(scenarios: readonly ScenarioResult[], vacuous: 'fail' | 'allow' = 'fail'): Results {
  return {
    format: 'shakedown-results',
    version: 1,
    shakedown: '0.1.0',
    seed: 20_260_301,
    verdict: verdictOf(scenarios, { today, vacuous }),
    scenarios: [...scenarios],
    comparisons: [],
    notJudged: [],
    notRun: null,
  }
}

const failing = scenarioOf('support agent under provider trouble', {
  search: searchOf({
    tally: tallyOf({
      outside: ['worker thread'],
      leftovers: { timer: 12 },
      exposure: {
        latency: { trials: 380, judged: { L1: 380, L11: 70, R1: 12, R4: 9 }, violated: { R4: 1 } },
        'rate limits': { trials: 902, judged: { L1: 902, L11: 301, R1: 880, R4: 880 }, violated: { L11: 4, R4: 411 } },
        'tool failures': {
          trials: 741,
          judged: { L1: 741, L11: 533, R1: 640, R4: 96 },
          violated: { L11: 57, R4: 60 },
        },
      },
    }),
    properties: [
      propertyOf('L1'),
      propertyOf('L4'),
      propertyOf('L8', 'not applicable'),
      propertyOf('L11', 'violated', 904, 57),
      propertyOf('R1'),
      propertyOf('R4', 'violated', 1_610, 412),
      propertyOf('R5', 'vacuous'),
      propertyOf('P1', 'holds', 240),
    ],
    families: [...searchOf().families, { family: 'policy violations', delivered: 0 }],
  }),
  findings: [findingOf(), doubleRefund()],
  unusedAcceptances: [acceptanceOf({ property: 'R1', reason: 'The proxy retries once more.' })],
})

const accepting = scenarioOf('plain loop on the raw client', {
  search: searchOf({ properties: [propertyOf('L1'), propertyOf('R1'), propertyOf('R4', 'violated', 1_610, 205)] }),
  findings: [findingOf({ trials: 205, accepted: acceptanceOf() })],
})

const expired = scenarioOf('plain loop with tools', {
  search: searchOf({ properties: [propertyOf('L1'), propertyOf('R4', 'violated', 1_610, 90)] }),
  findings: [findingOf({ trials: 90, accepted: acceptanceOf({ expires: '2026-02-28' }) })],
})

const organic = scenarioOf('agent that fails by itself', {
  fingerprint: null,
  faultFree: {
    tasks: 3,
    failures: ['task "refund A-1001": the refund was not issued', 'L3 does not hold: stop reason'],
  },
  search: null,
})

const leaking = scenarioOf('agent that remembers', {
  search: searchOf({
    tally: tallyOf({
      problems: [
        {
          kind: 'state leak',
          trial: 100,
          sentence: 'run alone it gives another trace than after 99 others; make the agent afresh inside its factory',
        },
        { kind: 'nondeterminism', trial: 7, sentence: 'two runs of one seed differ from event 12 on' },
      ],
    }),
  }),
})

const hostileScenario = scenarioOf(`hostile ${hostile}`, {
  measure: measureSaying(hostile),
  file: `scenarios/${hostile}.scenario.ts`,
  search: searchOf({
    tally: tallyOf({
      outside: [hostile],
      ends: { [hostile]: 2_000 },
      planned: { [hostile]: 9 },
      delivered: { [hostile]: 9 },
      exposure: { [hostile]: { trials: 9, judged: { [hostile]: 9, R4: 9 }, violated: { [hostile]: 4 } } },
    }),
    properties: [{ ...propertyOf('R4', 'violated', 20, 4), name: hostile, statement: hostile }],
    families: [{ family: hostile, delivered: 9 }],
  }),
  findings: [
    findingOf({
      trials: 4,
      plan: {
        faults: [
          { ...rateLimit, id: hostile, target: { kind: 'tool', name: hostile }, parameters: { [hostile]: hostile } },
        ],
      },
      witness: { sentence: hostile, at: 1, calls: [], entry: null, spans: [] },
      timeline: [{ at: 0, kind: 'tool', text: hostile, call: 0, upstream: hostile }],
      breakers: [
        {
          upstream: hostile,
          task: 0,
          spans: [{ from: 0, to: 1, state: 'open' }],
          requests: [{ call: 0, at: 0, end: 1, class: 'success' }],
          refusals: [{ from: 0, to: 1, isClaimed: true }],
        },
      ],
      token: `x'; echo ${hostile}`,
      accepted: null,
    }),
  ],
  unusedAcceptances: [acceptanceOf({ property: hostile, reason: hostile, owner: hostile })],
})

const statistical = scenarioOf('agent that is measured', {
  measure: everyMeasure,
  search: searchOf({
    properties: [
      propertyOf('L1'),
      {
        ...propertyOf('R6', 'violated', 4_120, 0),
        conclusion:
          'of 4,120 gaps 97 % lie within a tenth of the range; with full jitter that happens once in 10^9 runs',
      },
    ],
  }),
})

const guarded = scenarioOf('agent with a circuit breaker', {
  search: searchOf({ properties: [propertyOf('L1'), propertyOf('B3', 'violated', 402, 31), propertyOf('B9')] }),
  findings: [sentInCooldown()],
})

/** Results with every state a report can show. */
export const everyState: Results = resultsOf([
  failing,
  scenarioOf('support agent, calm weather'),
  accepting,
  expired,
  organic,
  leaking,
  statistical,
  guarded,
  hostileScenario,
])

/** What a team would see on a bad day: one scenario fails twice, another is accepted. */
export const badDay: Results = resultsOf([failing, scenarioOf('support agent, calm weather'), accepting])

/** A breaker that does not keep its cooldown. */
export const breakerDay: Results = resultsOf([guarded])

/** As many scenarios as one table holds on paper. */
export const fullDay: Results = resultsOf([
  ...[failing, accepting, expired, guarded],
  ...Array.from({ length: 6 }, (_, index) => scenarioOf(`support agent, calm weather, day ${index + 1}`)),
])

/** What a team hopes to see. */
export const goodDay: Results = resultsOf([scenarioOf('support agent under provider trouble'), accepting])

/** What the measures of a run can say. */
export const measuredDay: Results = resultsOf([
  statistical,
  scenarioOf('agent that keeps its word', { measure: keptMeasure }),
])

export const environment: Environment = {
  format: 'shakedown-environment',
  version: 1,
  startedAt: '2026-03-01T09:30:00.000Z',
  durationMs: 41_200,
  node: 'v24.11.0',
  platform: 'linux x64',
  workers: 2,
  folder: 'packages/agent',
  commit: '0123456789abcdef0123456789abcdef01234567',
  command: [],
  replacedWorkers: [
    { scenario: 'support agent, calm weather', trial: 77, stack: 'at spin (agent.ts:12:3)\nat run (agent.ts:4:1)' },
  ],
}

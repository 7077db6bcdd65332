import { describe, expect, it } from 'vitest'
import { agentSlo } from '../../src/objectives/agent-slo.ts'
import { nothingCounted } from '../../src/objectives/indicators/indicator-counts.ts'
import { noIndicators } from '../../src/objectives/indicators/task-indicators.ts'
import { noTrialIndicators } from '../../src/objectives/indicators/trial-indicators.ts'
import { judgeObjective } from '../../src/objectives/judge-objective.ts'
import { conditionOf, tasksOf } from './_counts.ts'

/** The example of Kanish Tyagi, "Agent SRE: SLOs, error budgets, and circuit breakers for AI agents". */
const example = agentSlo({
  agent: 'research-agent',
  taskSuccessRate: 0.95,
  maxToolCallsPerTask: 10,
  maxLatencyMs: 30_000,
  maxErrorRate: 0.02,
  minAvailability: 0.99,
})

/** Tasks and trials with so many of everything wrong. */
function counted(of: number, failed: number, violations: number, unanswered: number) {
  const rate = (bad: number) => ({ ...nothingCounted, trials: of, good: { good: of - bad }, bad: { bad } })
  const tasks = tasksOf(of - failed, of, { indicators: { ...noIndicators, availability: rate(unanswered) } })
  return conditionOf(tasks, { indicators: { ...noTrialIndicators, safety: rate(violations) } })
}

describe('agentSlo', () => {
  it('gives an objective for each dimension of the example', () => {
    expect(example).toEqual([
      { measure: 'task success', atLeast: 0.95, under: null },
      { measure: 'tool calls per task', atMost: 10, under: null },
      { measure: 'latency', p99Ms: 30_000, under: null },
      { measure: 'error rate', atMost: 0.02, under: null },
      { measure: 'availability', atLeast: 0.99, under: null },
    ])
  })

  it('misses task success alone with the 60 failures in 1,000 tasks of the example', () => {
    // The comment of max_error_rate asks how often an agent may violate policy, its name speaks of errors. The comment
    // is taken: failed tasks have a dimension of their own, and 2 % of them would make its 5 % say nothing.
    const verdicts = example.map((objective) => judgeObjective(objective, counted(1_000, 60, 5, 2)).verdict)
    expect(verdicts).toEqual(['inconclusive', 'met', 'met', 'met', 'met'])
    const more = example.map((objective) => judgeObjective(objective, counted(10_000, 600, 300, 200)).verdict)
    expect(more).toEqual(['missed', 'met', 'met', 'missed', 'missed'])
  })

  it('refuses what is no level in one sentence, and makes none of what is left out', () => {
    expect(agentSlo({ agent: 'a' })).toEqual([])
    expect(() => agentSlo({ agent: 'a', maxErrorRate: 2 })).toThrow(/^agentSlo: .*"maxErrorRate", found 2; give shares/)
  })
})

describe('the objectives of "SRE for AI agent systems"', () => {
  it('are shares of good events, also where the example names a rate of violations or of slow answers', () => {
    // Its safety_violation_rate has a target of 0.9999: as a rate of violations it would be met by an agent that does
    // nothing but harm. Taken as what is meant, 0.9999 of trials without a violation.
    const harmful = counted(1_000, 0, 1_000, 0)
    const safety = { measure: 'safety', atLeast: 0.9999, under: null } as const
    expect(judgeObjective(safety, harmful).verdict).toBe('missed')
    expect(judgeObjective(safety, counted(100_000, 0, 0, 0)).verdict).toBe('met')
    expect(judgeObjective(safety, counted(30_000, 0, 0, 0)).verdict).toBe('inconclusive')
    // Its p99_response_latency has a target of 0.99 and no limit: a percentile needs one, and then 0.99 is its share.
    expect(judgeObjective({ measure: 'latency', p99Ms: 999, under: null }, counted(1_000, 0, 0, 0)).verdict).toBe(
      'missed',
    )
  })
})

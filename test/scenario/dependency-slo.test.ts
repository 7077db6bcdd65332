import { describe, expect, it } from 'vitest'
import type { Agent } from '../../src/contract/task.ts'
import { faults } from '../../src/faults/faults.ts'
import { type DependencySlo, dependencySlo } from '../../src/objectives/dependencies/dependency-slo.ts'
import { objectives } from '../../src/objectives/objectives.ts'
import { mostFailuresOf } from '../../src/results/budgets/budget-terms.ts'
import type { AttributedFailure } from '../../src/results/attribution-schema.ts'
import { measureResultSchema } from '../../src/results/measure-schema.ts'
import { summariseMeasure } from '../../src/results/summarise-measure.ts'
import { attributeFailure } from '../../src/scenario/attribute-failure.ts'
import { measureBlock } from '../../src/scenario/measure-block.ts'
import type { MeasureInput } from '../../src/scenario/measure-input.ts'
import { installSimulation } from '../../src/simulation/install.ts'
import { orderScenario } from './_scenario.ts'

installSimulation()

const askModel = {
  method: 'POST',
  headers: { authorization: 'Bearer sk-test' },
  body: JSON.stringify({ model: 'gpt-5', messages: [{ role: 'user', content: 'Where is A-1?' }] }),
}

/** Asks model and tool once each; `isWrong` says of which failures, or of what else, the answer is wrong. */
function agentThat(isWrong: (failed: { readonly model: boolean; readonly tool: boolean }) => boolean): () => Agent {
  return () => async () => {
    const model = !(await fetch('https://api.openai.com/v1/chat/completions', askModel)).ok
    const tool = !(await fetch('https://orders.test/orders/A-1')).ok
    return { answer: isWrong({ model, tool }) ? 'wrong' : 'right', stop: 'end_turn' }
  }
}

const outage = faults.every(
  'openai.429.tpm',
  { kind: 'model', name: '*' },
  { waitMs: 1_000 },
  { on: 'rate', rate: 0.4 },
)
const brokenTool = faults.tool('*').error({ rate: 0.4 })
const promise = dependencySlo({ upstream: 'openai', availability: 0.999 })

/** Measures a hundred trials as a run does, and gives what it says of the condition with faults. */
async function measured(
  agent: () => Agent,
  change: Partial<MeasureInput> = {},
  examined: Pick<MeasureInput, 'attributed'> = { attributed: 'all' },
) {
  const scenario = orderScenario({
    agent,
    tasks: [
      { id: 'status', input: 'Where is order A-1?', grade: ({ outcome }) => outcome.answer === 'right' || 'wrong' },
    ],
    measure: {
      trials: 100,
      faults: [outage],
      objectives: [objectives.taskSuccess(0.9), objectives.timeoutRate({ atMost: 0.1 })],
      dependencies: [promise],
      ...examined,
      ...change,
    },
  })
  const { measure } = scenario
  const condition = measure?.conditions[1]
  if (measure === null || condition === undefined) throw new Error('nothing to measure')
  const spec = { scenario, seed: 1, condition, onTurn: () => {}, onTrial: () => {} }
  const tally = await measureBlock({ ...spec, block: 0, trials: 100, lost: new Map() })
  const causes: AttributedFailure[] = []
  for (const failure of tally.failures.slice(0, mostFailuresOf(measure.budgets))) {
    causes.push(await attributeFailure({ ...spec, failure }))
  }
  const { objectives: wanted, declaration, budgets } = measure
  const terms = { declaredTrials: 100, strata: ['status'], objectives: wanted, declaration, budgets }
  const result = measureResultSchema.parse(summariseMeasure([{ ...condition, tally, causes }], terms))
  const [success, timeouts] = result.budgets
  const [dependency] = result.dependencies
  if (success === undefined || timeouts === undefined) throw new Error('no budget')
  return { success, timeouts, dependency, failed: result.conditions[0]?.attribution.failures ?? 0 }
}

describe('the dependency SLO of a provider', () => {
  it('takes out of the budget what its outage alone caused', async () => {
    const { success, timeouts, dependency, failed } = await measured(agentThat(({ model }) => model))
    expect(failed).toBeGreaterThan(30)
    expect(dependency).toMatchObject({
      calls: { success: 100 - failed, failure: failed, neutral: 0, indeterminate: 0 },
      events: 100,
      bad: failed,
      isBreached: true,
      tasksExcluded: failed,
    })
    expect(success).toMatchObject({
      good: 100 - failed,
      bad: 0,
      excluded: { 'caused by openai': failed },
      remaining: 1,
    })
    expect(success.sentence).toContain(`not counted: ${failed} caused by openai`)
    // Nobody has found out why tasks timed out, so nothing is taken out of that budget.
    expect(timeouts).toMatchObject({ events: 100, excluded: {} })
  })

  it("leaves the agent's own failures on its budget, though the provider was out as well", async () => {
    const { success, dependency, failed } = await measured(agentThat(() => Math.random() < 0.4))
    expect(failed).toBeGreaterThan(20)
    expect(dependency).toMatchObject({ isBreached: true, tasksExcluded: 0 })
    expect(success).toMatchObject({ events: 100, bad: failed, excluded: {}, status: 'exhausted' })
  })

  it('leaves shared failures with the agent', async () => {
    const both = agentThat(({ model, tool }) => model && tool)
    const { success, dependency, failed } = await measured(both, { faults: [outage, brokenTool] })
    expect(failed).toBeGreaterThan(5)
    expect(dependency).toMatchObject({ isBreached: true, tasksExcluded: 0 })
    expect(success).toMatchObject({ bad: failed, excluded: {} })
  })

  it('tells the failures of two upstreams apart', async () => {
    const either = agentThat(({ model, tool }) => model !== tool)
    const { success, dependency, failed } = await measured(either, { faults: [outage, brokenTool] })
    const caused = dependency?.tasksExcluded ?? 0
    expect(caused).toBeGreaterThan(5)
    expect(success.bad).toBe(failed - caused)
    expect(success.bad).toBeGreaterThan(5)
    const promises = [promise, dependencySlo({ upstream: 'look_up_order', availability: 0.9 })]
    const { success: left } = await measured(either, { faults: [outage, brokenTool], dependencies: promises })
    expect(Object.keys(left.excluded)).toEqual(['caused by look_up_order', 'caused by openai'])
  })

  it('takes nothing out where the provider kept its promise, or has made none', async () => {
    const wrong = agentThat(({ model }) => model)
    const kept = await measured(wrong, { dependencies: [dependencySlo({ upstream: 'openai', availability: 0.3 })] })
    expect(kept.dependency).toMatchObject({ isBreached: false, tasksExcluded: 0 })
    expect(kept.success).toMatchObject({ bad: kept.failed, excluded: {} })
    const { success, failed } = await measured(wrong, { dependencies: [] })
    expect(success).toMatchObject({ bad: failed, excluded: {} })
  })

  it('leaves on the agent what was not examined', async () => {
    const { success, dependency, failed } = await measured(
      agentThat(({ model }) => model),
      { attributed: 7 },
    )
    expect(dependency).toMatchObject({ isBreached: true, tasksExcluded: 7 })
    expect(success).toMatchObject({ bad: failed - 7, excluded: { 'caused by openai': 7 } })
  })

  it('examines twenty failures where nothing else is asked for', async () => {
    const { success } = await measured(
      agentThat(({ model }) => model),
      {},
      {},
    )
    expect(success.excluded).toEqual({ 'caused by openai': 20 })
  })
})

describe('a measure with dependency SLOs', () => {
  const reading = (dependencies: readonly DependencySlo[]) => () =>
    orderScenario({ measure: { trials: 1, faults: [], dependencies } })

  it('refuses an upstream that is not there, and two promises of one', () => {
    expect(reading([dependencySlo({ upstream: 'anthropic', availability: 0.99 })])).toThrow(
      'scenario "orders": a dependency SLO is of "anthropic", which is no upstream of the scenario; name one of "openai", "look_up_order".',
    )
    expect(reading([promise, promise])).toThrow('scenario "orders": "openai" has two dependency SLOs; keep one.')
  })

  it('refuses an availability that is none', () => {
    expect(() => dependencySlo({ upstream: 'openai', availability: 99.9 })).toThrow(
      'dependencySlo: too big: expected number to be <=1 at "availability", found 99.9',
    )
  })
})

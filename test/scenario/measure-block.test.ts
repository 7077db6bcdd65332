import { describe, expect, it } from 'vitest'
import type { Agent } from '../../src/contract/task.ts'
import { faults } from '../../src/faults/faults.ts'
import { allTasks } from '../../src/objectives/condition-counts.ts'
import { type TaskCounts, noTasks } from '../../src/objectives/task-counts.ts'
import { noIndicators } from '../../src/objectives/indicators/task-indicators.ts'
import { emptyMeasureTally } from '../../src/results/measure-tally.ts'
import { mergeMeasureTallies } from '../../src/results/merge-measure-tallies.ts'
import { countsOfOutcomes } from '../../src/results/outcomes/counts-of-outcomes.ts'
import type { TrialOutcome } from '../../src/results/outcomes/task-outcome.ts'
import { trialOutcomes } from '../../src/results/outcomes/trial-outcomes.ts'
import { conditionMeasures, countsOf, gatedCountsOf } from '../../src/results/summarise-condition.ts'
import { measureBlock } from '../../src/scenario/measure-block.ts'
import { readMeasure } from '../../src/scenario/measure-input.ts'
import type { ScenarioInput } from '../../src/scenario/scenario.ts'
import { installSimulation } from '../../src/simulation/install.ts'
import { orderScenario } from './_scenario.ts'

installSimulation()

const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms))

interface Setup extends Partial<ScenarioInput> {
  readonly faults?: Parameters<typeof readMeasure>[0]['faults']
  readonly block?: number
  readonly trials?: number
  readonly quarantined?: readonly string[]
}

/** Measures one block under the last condition. */
async function measure({ faults: injected = [], block = 0, trials = 100, quarantined = [], ...change }: Setup) {
  const scenario = orderScenario(change)
  const surroundings = {
    secrets: scenario.secrets,
    upstreams: scenario.upstreams(),
    tasks: scenario.tasks,
    isInTurns: true,
  }
  const condition = readMeasure({ trials: 100, faults: injected }, 'test', surroundings).conditions.at(-1)
  if (condition === undefined) throw new Error('no condition')
  const run = {
    ...{ scenario, seed: 1, condition, block, trials, quarantined },
    ...{ lost: new Map(), onTurn: () => {}, onTrial: () => {} },
  }
  const tally = await measureBlock(run)
  return { tally, measures: conditionMeasures(countsOf(condition, tally)) }
}

const answering: Agent = () => Promise.resolve({ answer: 'shipped', stop: 'end_turn' })

/** What outcomes do not tell is left out. */
function omitted({ indicators: _, byTask: __, excluded: ___, ...counts }: TaskCounts) {
  return counts
}

describe('a measured block', () => {
  it('counts solved tasks, tool calls and virtual time of the fault-free run', async () => {
    const { tally, measures } = await measure({ trials: 10 })
    expect(measures).toMatchObject({
      tasks: 10,
      excluded: {},
      taskSuccess: { count: 10, of: 10, rate: 1 },
      timeouts: { count: 0, of: 10 },
      violationDetection: { of: 0, rate: null },
      toolCalls: { mean: 2, max: 2 },
    })
    expect(tally).toMatchObject({ trials: 10, ends: { finished: 10 }, failures: [] })
    expect(Object.keys(tally.strata)).toEqual(['status'])
    expect(measures.latency.p50Ms).toBe(measures.latency.maxMs)
  })

  it('counts attempts of one logical call as one tool call', async () => {
    const retrying: Agent = async () => {
      for (let attempt = 0; attempt < 3; attempt++) {
        if ((await fetch('https://orders.test/orders/A-1')).ok) break
      }
      return { answer: 'shipped', stop: 'end_turn' }
    }
    const { tally } = await measure({ agent: () => retrying, faults: [faults.tool('*').error({ rate: 0.5 })] })
    expect(tally.strata['status']?.toolCalls).toEqual({ 1: 100 })
    expect(tally.calls).toBeGreaterThan(120)
  })

  it('counts a call that the agent gives up, a deadline and a hang as timeouts', async () => {
    const agents: Agent[] = [
      async () => {
        await fetch('https://orders.test/orders/A-1', { signal: AbortSignal.timeout(1_000) }).catch(() => {})
        return { answer: null, stop: 'end_turn' }
      },
      () => Promise.resolve({ answer: null, stop: 'deadline' }),
      () => new Promise(() => {}),
      answering,
    ]
    const faultsOf = [faults.tool('*').latency({ p50Ms: 60_000, p99Ms: 60_001 })]
    const counted = []
    for (const agent of agents) {
      const { measures } = await measure({ agent: () => agent, faults: faultsOf, trials: 1 })
      counted.push([measures.timeouts.count, measures.latency.unfinished])
    }
    expect(counted).toEqual([
      [1, 0],
      [1, 0],
      [1, 1],
      [0, 0],
    ])
  })

  it('leaves out tasks that the workload cancels, also too late, and says how many', async () => {
    const slow: Agent = async () => {
      await pause(1_000)
      return { answer: 'shipped', stop: 'end_turn' }
    }
    const arrivals = [
      { task: 'status' },
      { task: 'status', cancelAtMs: 1_500 },
      { task: 'status' },
      { task: 'status', cancelAtMs: 60_000 },
    ]
    const { tally, measures } = await measure({ agent: () => slow, workload: { arrivals }, trials: 20 })
    expect(measures).toMatchObject({ tasks: 40, excluded: { 'to be cancelled by the workload': 40 } })
    expect(measures.taskSuccess).toMatchObject({ count: 40, of: 40, observations: 20 })
    expect(tally.countedTrials).toBe(20)
  })

  it('keeps what became of each task of each trial, from which its counts can be had again', async () => {
    const undecided: Agent = async ({ id }, { signal }) => {
      if (id === 'slow') await fetch('https://orders.test/orders/A-1', { signal: AbortSignal.timeout(1_000) })
      else await fetch('https://orders.test/orders/A-1', { signal })
      return { answer: 'shipped', stop: 'end_turn' }
    }
    const tasks = ['quick', 'slow', 'cancelled'].map((id) => ({
      id,
      input: id,
      stratum: 'all',
      grade: () => true as const,
    }))
    const arrivals = [{ task: 'slow' }, { task: 'quick' }, { task: 'cancelled', cancelAtMs: 1 }]
    const injected = [faults.tool('*').latency({ p50Ms: 500, p99Ms: 60_001 })]
    const block = { agent: () => undecided, tasks, workload: { arrivals }, faults: injected }
    const { tally } = await measure({ ...block, trials: 40, block: 2 })
    const trials = trialOutcomes(tally) ?? new Map<number, TrialOutcome>()
    expect([...trials.keys()]).toEqual(Array.from({ length: 40 }, (_, trial) => 200 + trial))
    expect([...trials.values()].map((trial) => trial.map(({ task }) => task))).toContainEqual([1, 0, 2])
    const { excluded, byTask, ...counts } = tally.strata['all'] ?? noTasks
    expect(countsOfOutcomes(trials.values())).toEqual({ ...counts, excluded: {}, byTask: {}, indicators: noIndicators })
    expect(Object.keys(byTask)).toEqual(['cancelled', 'quick', 'slow'])
    expect(excluded).toEqual({ 'to be cancelled by the workload': 40 })
    expect(counts.timedOut * counts.solved * counts.failed).toBeGreaterThan(0)
  })

  it('tells tasks apart by their stratum', async () => {
    const tasks = ['a', 'b', 'c'].map((id) => ({ id, input: id, ...(id === 'c' ? {} : { stratum: 'letters' }) }))
    const { tally } = await measure({ agent: () => answering, tasks, trials: 90 })
    expect(Object.entries(tally.strata).map(([stratum, { solved }]) => [stratum, solved])).toEqual([
      ['c', 30],
      ['letters', 60],
    ])
  })

  it('counts without the tasks in quarantine as well, and leaves trials of nothing else out', async () => {
    const [a, b, c] = ['a', 'b', 'c'].map((id) => ({ id, input: id, stratum: id === 'c' ? 'others' : 'letters' }))
    if (a === undefined || b === undefined || c === undefined) throw new Error('no task')
    const setup: Setup = {
      agent: () => asking(true),
      tasks: [a, b, c],
      trials: 60,
      faults: [faults.tool('*').error({ rate: 0.5 })],
      workload: ({ trial }) => ({ arrivals: ['a', 'b', 'c'].slice(0, 1 + (trial % 3)).map((task) => ({ task })) }),
    }
    const { tally } = await measure({ ...setup, quarantined: ['a'] })
    const { tally: alone } = await measure(setup)
    expect(alone).toEqual({ ...tally, gated: null })
    const outcomes = [...(trialOutcomes(tally) ?? new Map<number, TrialOutcome>()).values()]
    const expected = countsOfOutcomes(outcomes, (task) => task !== 0)
    const { indicators, byTask, excluded, ...counted } = allTasks(gatedCountsOf({ name: '', family: null }, tally))
    expect(tally.gated).toMatchObject({ without: ['a'], countedTrials: 40 })
    expect({ ...counted, trials: 40 }).toEqual({ ...omitted(expected), trials: 40 })
    expect(Object.keys(byTask)).toEqual(['b', 'c'])
    expect(excluded).toEqual({})
    expect(indicators.availability.trials).toBe(60)
    expect(tally.gated?.indicators.safety.trials).toBe(40)
  })

  it('keeps the first failures in the words of the grader, without secrets', async () => {
    const { tally } = await measure({
      agent: () => answering,
      secrets: [{ name: 'key', value: 'sesame-1234' }],
      tasks: [{ id: 'status', input: 'Where?', grade: () => 'it said sesame-1234' }],
      trials: 30,
    })
    expect(tally.failures).toHaveLength(20)
    expect(tally.failures[19]).toMatchObject({ trial: 19, index: 0, task: 'status' })
    expect(JSON.stringify(tally)).not.toContain('sesame')
  })

  it('runs trial i alike in any block and under any condition but for its faults', async () => {
    const drawing: Agent = () => Promise.resolve({ answer: String(Math.random()), stop: 'end_turn' })
    const graded = (wanted: string[]): ScenarioInput['tasks'] => [
      { id: 'status', input: '', grade: ({ outcome }) => wanted.push(String(outcome.answer)) > 0 || 'never' },
    ]
    const draws: [string[], string[]] = [[], []]
    await measure({ agent: () => drawing, tasks: graded(draws[0]), trials: 5, block: 3 })
    const latency = [faults.tool('*').error({ rate: 1 })]
    await measure({ agent: () => drawing, tasks: graded(draws[1]), trials: 5, block: 3, faults: latency })
    expect(draws[1]).toEqual(draws[0])
    expect(new Set(draws[0]).size).toBe(5)
  })

  it('gives the same bytes in blocks and in one go', async () => {
    const injected = [faults.tool('*').error({ rate: 0.5 }), faults.provider.latency({ p50Ms: 800, p99Ms: 6_000 })]
    const [one, two] = [await measure({ faults: injected }), await measure({ faults: injected, block: 1 })]
    const forwards = mergeMeasureTallies(mergeMeasureTallies(emptyMeasureTally, one.tally), two.tally)
    const backwards = mergeMeasureTallies(two.tally, one.tally)
    expect(JSON.stringify(backwards)).toBe(JSON.stringify(forwards))
    expect((await measure({ faults: injected })).tally).toEqual(one.tally)
  })
})

describe('policy attacks in a measure', () => {
  const attack = faults.every(
    'policy.forbidden_tool',
    { kind: 'model', name: '*' },
    { tool: 'delete_customer', arguments: {} },
    { on: 'rate', rate: 0.4 },
  )
  const profile = { tools: { forbidden: ['look_up_order', 'delete_customer'] } }

  it('are caught where nothing forbidden happens', async () => {
    const { tally, measures } = await measure({
      faults: [attack],
      profile: { tools: { forbidden: ['delete_customer'] } },
      agent: () => asking(false),
    })
    const { caught, missed, unjudged } = tally.attacks.trials
    expect({ missed, unjudged }).toEqual({ missed: 0, unjudged: 0 })
    expect(caught).toBeGreaterThan(20)
    expect(measures.violationDetection).toMatchObject({ count: caught, of: caught, rate: 1 })
  })

  it('are missed where it does', async () => {
    const { tally } = await measure({ faults: [attack], profile, agent: () => asking(true) })
    expect(tally.attacks.trials.missed).toBeGreaterThan(20)
    expect(tally.attacks.trials.caught).toBe(0)
  })

  it('are not judged where the profile forbids nothing', async () => {
    const { tally, measures } = await measure({ faults: [attack], agent: () => asking(false) })
    expect(tally.attacks.trials).toMatchObject({ caught: 0, missed: 0 })
    expect(tally.attacks.trials.unjudged).toBeGreaterThan(20)
    expect(measures.violationDetection).toMatchObject({ of: 0, rate: null })
  })
})

/** Asks the model once, and calls the back end of a tool where it is told to obey. */
function asking(obeys: boolean): Agent {
  const body = JSON.stringify({ model: 'gpt-5', messages: [{ role: 'user', content: 'Where is A-1?' }] })
  return async () => {
    const init = { method: 'POST', headers: { authorization: 'Bearer sk-test' }, body }
    const reply = await (await fetch('https://api.openai.com/v1/chat/completions', init)).text()
    if (obeys && reply.includes('delete_customer')) await fetch('https://orders.test/orders/A-1')
    return { answer: 'done', stop: 'end_turn' }
  }
}

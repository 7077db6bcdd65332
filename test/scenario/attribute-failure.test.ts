import { describe, expect, it } from 'vitest'
import type { Agent, Task } from '../../src/contract/task.ts'
import type { FaultPlan } from '../../src/contract/fault.ts'
import { faults } from '../../src/faults/faults.ts'
import type { AttributedFailure } from '../../src/results/attribution-schema.ts'
import { attributeFailure } from '../../src/scenario/attribute-failure.ts'
import { measureBlock } from '../../src/scenario/measure-block.ts'
import type { Condition } from '../../src/scenario/measure-input.ts'
import { installSimulation } from '../../src/simulation/install.ts'
import { orderScenario, orderUpstreams } from './_scenario.ts'

installSimulation()

const askModel = {
  method: 'POST',
  headers: { authorization: 'Bearer sk-test' },
  body: JSON.stringify({ model: 'gpt-5', messages: [{ role: 'user', content: 'Where is A-1?' }] }),
}

/** Asks the model three times and the tool three times, and answers which calls failed: `m1 m3 t2`. */
const tellingAgent: Agent = async () => {
  const failed: string[] = []
  for (const ordinal of [1, 2, 3]) {
    const reply = await fetch('https://api.openai.com/v1/chat/completions', askModel)
    if (!reply.ok) failed.push(`m${ordinal}`)
    const answer = await fetch('https://orders.test/orders/A-1')
    if (!answer.ok) failed.push(`t${ordinal}`)
  }
  return { answer: failed.join(' '), stop: 'end_turn' }
}

/** What a task fails of: any of these sets of failed calls is enough; an empty set is none at all. */
const causesOf: Readonly<Record<string, readonly (readonly string[])[]>> = {
  'a tool alone': [['t2']],
  'the provider alone': [['m3']],
  'one tool call or another': [['t1'], ['t3']],
  'the provider or a tool': [['m1'], ['t1']],
  'the provider and a tool together': [['m2', 't2']],
  'two calls of the provider together': [['m1', 'm2']],
  'one call and either of two others': [
    ['m1', 't1'],
    ['m1', 't2'],
  ],
  'nothing from outside': [[]],
}

const tasks: Task[] = Object.entries(causesOf).map(([id, causes]) => ({
  id,
  input: 'Where is order A-1?',
  grade: ({ outcome }) => {
    const failed = outcome.answer?.split(' ') ?? []
    return !causes.some((cause) => cause.every((call) => failed.includes(call))) || `failed: ${outcome.answer}`
  },
}))

const scenario = orderScenario({ agent: () => tellingAgent, tasks, upstreams: orderUpstreams })

const condition: Condition = {
  name: 'trouble',
  family: null,
  faults: [
    faults.tool('*').error({ rate: 0.6 }),
    faults.every('openai.429.tpm', { kind: 'model', name: '*' }, { waitMs: 1_000 }, { on: 'rate', rate: 0.6 }),
    faults.provider.latency({ p50Ms: 100, p99Ms: 900 }),
  ],
}

/** The calls that a plan strikes, in the agent's words. */
function callsOf({ faults: struck }: FaultPlan): string {
  return struck
    .flatMap(({ id, target, only = [] }) =>
      id.startsWith('latency') ? ['latency'] : only.map((ordinal) => `${target.kind.charAt(0)}${ordinal}`),
    )
    .toSorted()
    .join(' ')
}

/** What attribution must find: the causes among the calls that failed, and on whom they are booked. */
function truthOf({ task, problem }: AttributedFailure): { sets: string[]; bookedOn: string } {
  const failed = problem.replace('failed: ', '').split(' ')
  const causes = (causesOf[task] ?? []).filter((cause) => cause.every((call) => failed.includes(call)))
  const budgets = new Set(causes.flat().map((call) => (call.startsWith('m') ? 'provider' : 'tool')))
  const [budget = 'organic'] = budgets
  return {
    sets: causes.map((cause) => cause.toSorted().join(' ')).toSorted(),
    bookedOn: budgets.size > 1 ? 'shared' : budget,
  }
}

async function failuresOf(block: number): Promise<AttributedFailure[]> {
  const spec = { scenario, seed: 3, condition, onTurn: () => {}, onTrial: () => {} }
  const { failures } = await measureBlock({ ...spec, block, trials: 100, lost: new Map() })
  const attributed: AttributedFailure[] = []
  for (const failure of failures) attributed.push(await attributeFailure({ ...spec, failure }))
  return attributed
}

describe('attributeFailure', () => {
  it('is right for 200 failures whose causes are known', async () => {
    const attributed: AttributedFailure[] = []
    for (let block = 0; block < 10; block++) attributed.push(...(await failuresOf(block)))
    expect(attributed).toHaveLength(200)
    for (const failure of attributed) {
      const { sets, bookedOn } = truthOf(failure)
      const found = [failure.plan, ...failure.alternatives].map(callsOf).toSorted()
      expect({ task: failure.task, found, bookedOn: failure.bookedOn, isMinimal: failure.isMinimal }).toEqual({
        task: failure.task,
        found: sets,
        bookedOn,
        isMinimal: true,
      })
    }
    const kinds = Map.groupBy(attributed, ({ task }) => task)
    expect([...kinds.keys()].toSorted()).toEqual(Object.keys(causesOf).toSorted())
    expect(attributed.filter(({ alternatives }) => alternatives.length > 0).length).toBeGreaterThan(20)
    expect(new Set(attributed.map(({ bookedOn }) => bookedOn))).toEqual(
      new Set(['provider', 'tool', 'shared', 'organic']),
    )
  })

  it('gives the same cause again', async () => {
    const once = await failuresOf(1)
    expect(await failuresOf(1)).toEqual(once)
  })

  it('explains nothing that does not happen again', async () => {
    const spec = { scenario, seed: 3, condition: { ...condition, faults: [] }, onTurn: () => {}, onTrial: () => {} }
    const failure = { trial: 0, index: 0, task: 'a tool alone', problem: 'seen once' }
    expect(await attributeFailure({ ...spec, failure })).toMatchObject({ bookedOn: 'unexplained', trials: 1 })
  })
})

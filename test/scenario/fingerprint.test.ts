import { describe, expect, it } from 'vitest'
import type { Agent } from '../../src/contract/task.ts'
import type { Fingerprint } from '../../src/results/fingerprint-schema.ts'
import { runFaultFree } from '../../src/scenario/fault-free.ts'
import { judgeFor } from '../../src/scenario/finding.ts'
import type { ScenarioInput } from '../../src/scenario/scenario.ts'
import { installSimulation } from '../../src/simulation/install.ts'
import { orderScenario } from './_scenario.ts'

installSimulation()

const lookUp = {
  type: 'function',
  function: { name: 'look_up_order', parameters: { type: 'object', required: ['a'] } },
}

/** Says these things to its model and is done. */
function saying(system: string, tools: readonly unknown[] = [lookUp]): () => Agent {
  return () => async () => {
    const messages = [
      { role: 'system', content: system },
      { role: 'user', content: 'Hello.' },
    ]
    const body = JSON.stringify({ model: 'gpt-5', messages, tools })
    await fetch('https://api.openai.com/v1/chat/completions', { method: 'POST', body })
    return { answer: 'shipped', stop: 'end_turn' }
  }
}

const tasks = ['one', 'two'].map((id) => ({ id, input: `Where is ${id}?`, grade: () => true as const }))

async function fingerprint(change: Partial<ScenarioInput> = {}): Promise<Fingerprint> {
  const scenario = orderScenario({ agent: saying('Be kind.'), tasks, ...change })
  const spec = { scenario, judge: judgeFor(scenario), seed: 1, onTurn: () => {}, onTrial: () => {} }
  return (await runFaultFree(spec)).fingerprint
}

/** The parts that differ from the unchanged scenario's. */
async function changedBy(change: Partial<ScenarioInput>): Promise<string[]> {
  const [before, after] = [await fingerprint(), await fingerprint(change)].map((one) => Object.entries(one))
  return (before ?? []).flatMap(([part, value], index) =>
    JSON.stringify(value) === JSON.stringify(after?.[index]?.[1]) ? [] : [part],
  )
}

describe('the fingerprint of a scenario', () => {
  it('names its tasks and the tools that its agent offers', async () => {
    const { tasks: named, tools, graders, prompts } = await fingerprint()
    expect(named.map(({ id }) => id)).toEqual(['one', 'two'])
    expect(tools.map(({ name }) => name)).toEqual(['look_up_order'])
    expect([...graders, prompts]).toEqual(Array.from({ length: 3 }, () => expect.stringMatching(/^[0-9a-f]{16}$/)))
  })

  it.each<readonly [part: string, change: Partial<ScenarioInput>]>([
    ['tasks', { tasks: tasks.map((task) => ({ ...task, input: 'Where?' })) }],
    ['tasks', { tasks: tasks.map((task) => ({ ...task, facts: { order: 'A-1' } })) }],
    ['tasks', { tasks: tasks.map((task) => ({ ...task, stratum: 'orders' })) }],
    ['graders', { tasks: tasks.map((task) => ({ ...task, grade: ({ outcome }) => outcome.answer !== null || 'no' })) }],
    ['graders', { graderVersion: '2' }],
    ['prompts', { agent: saying('Be brief.') }],
    ['tools', { agent: saying('Be kind.', [{ ...lookUp, function: { ...lookUp.function, description: 'Looks.' } }]) }],
    ['tools', { agent: saying('Be kind.', []) }],
    ['conditions', { measure: { trials: 1, faults: [] } }],
  ])('differs in its %s and in nothing else (%#)', async (part, change) => {
    expect(await changedBy(change)).toEqual([part])
  })

  it('is the same whatever a secret is and in whatever order keys are written', async () => {
    const withKey = (value: string): Partial<ScenarioInput> => ({
      agent: saying(`The key is ${value}.`),
      tasks: tasks.map((task) => ({ ...task, facts: { key: value } })),
      secrets: [{ name: 'key', value, mayReach: ['openai'] }],
    })
    expect(await fingerprint(withKey('sesame-1234'))).toEqual(await fingerprint(withKey('open-99887')))
    const { type, function: declared } = lookUp
    expect(await changedBy({ agent: saying('Be kind.', [{ function: declared, type }]) })).toEqual([])
  })
})

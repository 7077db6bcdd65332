import { describe, expect, it } from 'vitest'
import type OpenAI from 'openai'
import type { Agent } from '../../../src/contract/task.ts'
import { judgeObjective } from '../../../src/objectives/judge-objective.ts'
import { objectives } from '../../../src/objectives/objectives.ts'
import { driftOf } from '../../../src/objectives/indicators/drift.ts'
import { openAiChat } from '../../../src/wire/openai/openai-chat.ts'
import { sdk } from '../../wire/_play.ts'
import { measured, saying } from './_measured.ts'

/** Passes a task on as long as its words say so: "deeper 2" asks for "deeper 1", which asks for "deeper 0". */
const upstreams = () => [
  openAiChat({
    script: ({ messages }) => {
      const asked = Number(/deeper (\d)/.exec(messages.find(({ role }) => role === 'user')?.text ?? '')?.[1])
      if (asked > 0 && messages.every(({ role }) => role !== 'tool')) {
        return { toolCalls: [{ name: 'delegate', arguments: { task: `deeper ${asked - 1}` } }] }
      }
      return { content: 'done' }
    },
  }),
]

async function work(input: string): Promise<string> {
  const messages: OpenAI.ChatCompletionMessageParam[] = [{ role: 'user', content: input }]
  for (;;) {
    const { choices } = await sdk().chat.completions.create({ model: 'gpt-5', messages })
    const message = choices[0]?.message
    if (message?.tool_calls === undefined) return message?.content ?? ''
    messages.push(message)
    for (const call of message.tool_calls) {
      const { task } = JSON.parse('function' in call ? call.function.arguments : '{}') as { task: string }
      messages.push({ role: 'tool', tool_call_id: call.id, content: await work(task) })
    }
  }
}

describe('delegation depth', () => {
  it('is how many agents in a row a task was passed on by, seen from the wire alone', async () => {
    const agent: Agent = async ({ input }) => ({ answer: await work(input), stop: 'end_turn' })
    const { ofTasks, measures } = await measured({
      agents: { none: agent, one: agent, three: agent, silent: saying('done') },
      tasks: [
        { id: 'none', input: 'deeper 0' },
        { id: 'one', input: 'deeper 1' },
        { id: 'three', input: 'deeper 3' },
        { id: 'silent', input: 'hello' },
      ],
      upstreams,
    })
    expect(ofTasks.delegationDepth).toEqual({ 0: 2, 1: 1, 3: 1 })
    expect(measures.delegationDepth).toMatchObject({ mean: 1, max: 3 })
  })
})

const grade = ({ outcome }: { outcome: { answer: string | null } }) => outcome.answer === 'right' || 'wrong'

/** Right for so many turns, and wrong from then on. */
function tiring(turns: number): Agent {
  let turn = 0
  return () => Promise.resolve({ answer: turn++ < turns ? 'right' : 'wrong', stop: 'end_turn' })
}

describe('drift within a conversation', () => {
  const tasks = [{ id: 'turn', input: 'And?', user: 'ann', grade }]
  const arrivals = Array.from({ length: 5 }, () => ({ task: 'turn' }))
  const drift = objectives.drift({ atMost: 0.1 })

  it('is the difference of the first and the last turn of each conversation, by pairs', async () => {
    const fresh = { tiring: () => tiring(4), steady: () => tiring(5) }
    const verdicts = []
    for (const make of Object.values(fresh)) {
      let agent: Agent = make()
      let turns = 0
      const agents = {
        turn: ((task, options) => (turns++ % 5 === 0 && (agent = make()), agent(task, options))) as Agent,
      }
      const { counts, ofTrials } = await measured({ agents, tasks, workload: { arrivals }, trials: 60 })
      const { pairs, difference } = driftOf(ofTrials.drift, 5)
      verdicts.push([pairs.firstOnly, pairs.both, difference, judgeObjective(drift, counts).verdict])
      expect(ofTrials.drift.places['1']).toEqual({ solved: 60, failed: 0 })
    }
    expect(verdicts).toEqual([
      [60, 0, 1, 'missed'],
      [0, 60, 0, 'met'],
    ])
  })

  it('leaves out conversations that are too short, and those whose last turn is cancelled', async () => {
    const cancelled = [...arrivals.slice(1), { task: 'turn', cancelAtMs: 60_000 }]
    const { counts, ofTrials } = await measured({
      agents: { turn: saying('right') },
      tasks,
      workload: [{ arrivals: cancelled }, { arrivals: arrivals.slice(2) }],
      trials: 10,
    })
    expect(driftOf(ofTrials.drift, 5)).toMatchObject({
      of: 0,
      difference: null,
      pairs: { excluded: { 'to be cancelled by the workload': 5 } },
    })
    expect(driftOf(ofTrials.drift, 2)).toMatchObject({ of: 5, difference: 0, pValue: 1 })
    expect(judgeObjective(drift, counts).verdict).toBe('inconclusive')
  })
})

describe('safety', () => {
  const calling: Agent = async () => {
    await fetch('https://orders.test/orders/A-1')
    return { answer: 'done', stop: 'end_turn' }
  }

  it('counts every trial, attacked or not, and is the error rate from its other side', async () => {
    const { ofTrials, counts } = await measured({
      agents: { safe: saying('done'), unsafe: calling },
      profile: { tools: { forbidden: ['look_up_order'] } },
      trials: 200,
    })
    expect(ofTrials.safety).toEqual({
      trials: 200,
      good: { 'nothing violated': 100 },
      bad: { 'P1 violated': 100 },
      excluded: {},
    })
    expect(judgeObjective(objectives.safety(0.98), counts).verdict).toBe('missed')
    expect(judgeObjective(objectives.errorRate({ atMost: 0.02 }), counts).verdict).toBe('missed')
    expect(judgeObjective(objectives.errorRate({ atMost: 0.6 }), counts).verdict).toBe('met')
  })

  it('excludes a trial whose process was lost, of which nothing is known', async () => {
    const { ofTrials, ofTasks, measures } = await measured({ agents: { safe: saying('done') }, trials: 3, lost: [1] })
    expect(ofTrials.safety).toMatchObject({ good: { 'nothing violated': 2 }, excluded: { 'process lost': 1 } })
    expect(ofTasks.availability).toMatchObject({ good: { primary: 2 }, bad: { hung: 1 } })
    expect(ofTasks.tokens.total.count).toBe(2)
    expect(measures.cost.unknown).toBe('no prices')
    expect(ofTasks.cost.unknown).toEqual({ 'no prices': 2, 'process lost': 1 })
  })
})

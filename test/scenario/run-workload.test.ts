import { describe, expect, it } from 'vitest'
import type { TraceEvent } from '../../src/contract/event.ts'
import type { Agent } from '../../src/contract/task.ts'
import { emptyPlan } from '../../src/contract/fault.ts'
import type { ScenarioInput } from '../../src/scenario/scenario.ts'
import { runTrial } from '../../src/scenario/trial.ts'
import { orderScenario } from './_scenario.ts'

const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms))
const tasks = ['one', 'two', 'three'].map((id) => ({ id, input: `Task ${id}.` }))

/** Runs three tasks and says when each began and ended. */
async function run(agent: Agent, workload: ScenarioInput['workload']) {
  const scenario = orderScenario({ agent: () => agent, tasks, ...(workload === undefined ? {} : { workload }) })
  const { events, how, tasks: ran } = await runTrial({ scenario, seed: 1, trial: 0, plan: emptyPlan, keep: true })
  return { how, ran: ran.map(({ id }) => id), events, ends: events.flatMap(inWords) }
}

function inWords(event: TraceEvent): string[] {
  if (event.type === 'task.started') return [`${event.at} ${event.task} ${event.id} starts`]
  if (event.type === 'task.ended') return [`${event.at} ${event.task} ${event.id} ends with ${event.outcome.answer}`]
  return event.type === 'task.threw' ? [`${event.at} ${event.task} ${event.id}: ${event.thrown}`] : []
}

const slow: Agent = async ({ id }) => {
  await pause(1_000)
  return { answer: id, stop: 'end_turn' }
}
const arrivals = [
  { task: 'one', atMs: 0 },
  { task: 'two', atMs: 300 },
  { task: 'one', atMs: 2_500 },
]

describe('a workload', () => {
  it('of one task is the default, another with each trial', async () => {
    const scenario = orderScenario({ agent: () => slow, tasks })
    const ran: string[] = []
    for (let trial = 0; trial < 4; trial++) {
      ran.push(...(await runTrial({ scenario, seed: 1, trial, plan: emptyPlan })).tasks.map(({ id }) => id))
    }
    expect(ran).toEqual(['one', 'two', 'three', 'one'])
  })

  it('in sequence starts a task once the one before has ended and its own time has come', async () => {
    const { ends, how, ran } = await run(slow, { order: 'sequence', arrivals })
    expect(ends).toEqual([
      '0 0 one starts',
      '1000 0 one ends with one',
      '1000 1 two starts',
      '2000 1 two ends with two',
      '2500 2 one starts',
      '3500 2 one ends with one',
    ])
    expect({ how, ran }).toEqual({ how: 'finished', ran: ['one', 'two', 'one'] })
  })

  it('that overlaps starts each task at its own time, on one instance of the agent', async () => {
    const { ends } = await run(slow, { order: 'overlap', arrivals })
    expect(ends).toEqual([
      '0 0 one starts',
      '300 1 two starts',
      '1000 0 one ends with one',
      '1300 1 two ends with two',
      '2500 2 one starts',
      '3500 2 one ends with one',
    ])
  })

  it('books the calls of overlapping tasks on the task that made them', async () => {
    const calling: Agent = async ({ id }) => {
      await pause(id === 'one' ? 500 : 10)
      const answer = await fetch('https://orders.test/orders/A-1')
      return { answer: await answer.text(), stop: 'end_turn' }
    }
    const { events } = await run(calling, { order: 'overlap', arrivals })
    const sent = events.filter((event) => event.type === 'request.sent')
    expect(sent.map(({ at, task }) => [at, task])).toEqual([
      [310, 1],
      [500, 0],
      [3_000, 2],
    ])
  })

  it('goes on after a task that throws, throws something odd or returns no outcome', async () => {
    const failing: Agent = async ({ id }) => {
      if (id === 'one') throw new TypeError('no')
      if (id === 'two') throw undefined
      return JSON.parse('{"answer": 7}') as never
    }
    const { ends, how } = await run(failing, { arrivals: tasks.map(({ id }) => ({ task: id })) })
    expect(how).toBe('finished')
    expect(ends.filter((line) => line.includes(': the agent'))).toEqual([
      '0 0 one: the agent threw TypeError: no',
      '0 1 two: the agent threw undefined',
      expect.stringMatching(/^0 2 three: the agent returned something that is no outcome \(.*\)$/),
    ])
  })

  it('says nothing of how a task ended that the world ended first', async () => {
    const { ends, how } = await run(() => new Promise(() => {}), { arrivals: [{ task: 'one' }] })
    expect({ ends, how }).toEqual({ ends: ['0 0 one starts'], how: 'stalled' })
  })
})

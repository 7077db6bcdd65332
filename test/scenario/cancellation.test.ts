import { describe, expect, it } from 'vitest'
import type { Agent } from '../../src/contract/task.ts'
import { emptyPlan } from '../../src/contract/fault.ts'
import type { WorkloadInput } from '../../src/contract/workload.ts'
import { runTrial } from '../../src/scenario/trial.ts'
import { orderScenario } from './_scenario.ts'

const tasks = ['one', 'two'].map((id) => ({ id, input: `Task ${id}.` }))

const asking: Agent = async ({ id }, { signal }) => {
  try {
    await fetch('https://orders.test/orders/A-1', { signal })
    return { answer: id, stop: 'end_turn' }
  } catch {
    return { answer: null, stop: signal.aborted ? 'cancelled' : 'error' }
  }
}

async function run(workload: WorkloadInput, agent = asking) {
  const scenario = orderScenario({ agent: () => agent, tasks, workload })
  const result = await runTrial({ scenario, seed: 1, trial: 0, plan: emptyPlan, keep: true })
  const told = result.events.flatMap((event) => {
    if (event.type === 'task.ended') return [`${event.at} ${event.id} ${event.outcome.stop}`]
    const isTold = ['task.started', 'task.cancelled', 'request.sent', 'request.aborted'].includes(event.type)
    return isTold && 'task' in event ? [`${event.at} ${event.type} ${event.task}`] : []
  })
  return { ...result, told }
}

describe('a task that the workload cancels', () => {
  it('has its signal aborted at that instant, and its call with it', async () => {
    const { told, leftovers } = await run({ arrivals: [{ task: 'one', cancelAtMs: 10 }, { task: 'two' }] })
    expect(told).toEqual([
      '0 task.started 0',
      '0 request.sent 0',
      '10 task.cancelled 0',
      '10 request.aborted 0',
      '10 one cancelled',
      '10 task.started 1',
      '10 request.sent 1',
      expect.stringMatching(/^\d+ two end_turn$/),
    ])
    expect(leftovers).toEqual([])
  })

  it('starts with an aborted signal where it was cancelled before its turn', async () => {
    const { told } = await run({ arrivals: [{ task: 'one', atMs: 50, cancelAtMs: 20 }] })
    expect(told).toEqual(['20 task.cancelled 0', '50 task.started 0', '50 one cancelled'])
  })

  it('is left alone where it has ended by then, and nothing waits for the cancellation', async () => {
    const { told, virtualMs, how } = await run({ arrivals: [{ task: 'one', cancelAtMs: 60_000 }] })
    expect(told.at(-1)).toMatch(/one end_turn$/)
    expect({ how, isLate: virtualMs >= 60_000 }).toEqual({ how: 'finished', isLate: false })
  })

  it('is cancelled alone: the others that overlap with it go on', async () => {
    const { told } = await run({ order: 'overlap', arrivals: [{ task: 'one', cancelAtMs: 5 }, { task: 'two' }] })
    expect(told).toContain('5 one cancelled')
    expect(told.at(-1)).toMatch(/two end_turn$/)
  })

  it('takes its listeners along: what they do is booked on the task', async () => {
    const listening: Agent = ({ id }, { signal }) =>
      new Promise((resolve) => {
        signal.addEventListener('abort', () => {
          void fetch('https://orders.test/orders/A-1').then(() => resolve({ answer: id, stop: 'cancelled' }))
        })
      })
    const { told } = await run(
      { order: 'overlap', arrivals: [{ task: 'two' }, { task: 'one', cancelAtMs: 7 }] },
      (task, options) => (task.id === 'one' ? listening(task, options) : asking(task, options)),
    )
    expect(told).toContain('7 request.sent 1')
  })
})

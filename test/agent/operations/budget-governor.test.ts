import { describe, expect, it } from 'vitest'
import type { Alert } from '../../../src/agent/operations/alert.ts'
import { BudgetGovernor } from '../../../src/agent/operations/budget-governor.ts'
import type { Stakes } from '../../../src/agent/operations/budget-governor.ts'
import { callsOf, failing, sleep } from '../_desk.ts'
import { abortedAfter, agentOn, give, giveAll, onTheFloor } from './_floor.ts'

const windowMs = 3_600_000

/** A governor whose budget the first two of four tasks overdraw; the question tells the stakes. */
function governor(alerts: Alert[] = [], more: Partial<ConstructorParameters<typeof BudgetGovernor>[0]> = {}) {
  return new BudgetGovernor({
    ...{ name: 'support', target: 0.5, windowMs, minimumTasks: 4, simpler: agentOn('small') },
    whenSpent: {
      low: { action: 'throttle', maxConcurrent: 1, maxQueued: 2, gapMs: 5_000 },
      medium: { action: 'degrade' },
      high: { action: 'break' },
    },
    stakesOf: ({ input }): Stakes => (input === 'low' || input === 'high' ? input : 'medium'),
    onAlert: (alert) => alerts.push(alert),
    ...more,
  })
}

const others = { small: () => ({ content: 'From the small one.' }) }

describe('an agent whose error budget is spent', () => {
  it('is itself as long as there is budget, or too few tasks to speak of one', async () => {
    const { value } = await onTheFloor({ faults: [failing(2)], others }, async () => {
      const its = governor()
      const agent = its.govern(agentOn('primary'))
      const outcomes = await giveAll(agent, 3)
      return { answers: outcomes.map(({ answer }) => answer), left: its.left, isSpent: its.isSpent }
    })
    expect(value).toEqual({ answers: [null, null, 'From the primary.'], left: -1 / 3, isSpent: false })
  })

  it('is replaced by a simpler one, stopped, or throttled, by the stakes of the task', async () => {
    const alerts: Alert[] = []
    const played = await onTheFloor({ faults: [failing(2)], others }, async () => {
      const its = governor(alerts)
      const agent = its.govern(agentOn('primary'))
      await giveAll(agent, 4)
      const startedMs = performance.now()
      const answers = await Promise.all(['medium', 'high', 'low'].map((stakes) => give(agent, stakes)))
      return { answers: answers.map(({ answer, stop }) => answer ?? stop), startedMs }
    })
    expect(played.value.answers).toEqual(['From the small one.', 'error', 'From the primary.'])
    expect(callsOf(played, 'primary')).toBe(5)
    expect(alerts[0]).toMatchObject({
      ...{ kind: 'budget_spent', severity: 'critical', subject: 'support' },
      message: 'The error budget of support is spent: 0.0 % of it are left.',
    })
  })

  it('has so many tasks at once and so much time between them, and lets no more wait', async () => {
    const played = await onTheFloor({ faults: [failing(4)], others }, async () => {
      const agent = governor().govern(agentOn('primary'))
      await giveAll(agent, 4)
      return Promise.all(Array.from({ length: 4 }, () => give(agent, 'low')))
    })
    expect(played.value.map(({ stop }) => stop)).toEqual(['end_turn', 'end_turn', 'end_turn', 'error'])
    const sent = played.events.flatMap((event) => (event.type === 'request.sent' ? [event.at] : []))
    expect(sent.slice(4).map((at) => at - (sent[4] ?? 0))).toEqual([0, 5_000, 10_000])
  })

  it('lets a caller go who does not want to wait any longer', async () => {
    const played = await onTheFloor({ faults: [failing(4)], others }, async () => {
      const agent = governor().govern(agentOn('primary'))
      await giveAll(agent, 4)
      const [, waiting] = await Promise.all([give(agent, 'low'), give(agent, 'low', abortedAfter(700))])
      return waiting?.stop
    })
    expect(played.value).toBe('cancelled')
    expect(callsOf(played, 'primary')).toBe(5)
  })

  it('is back to normal when the window has budget again, with an alert each', async () => {
    const alerts: Alert[] = []
    const played = await onTheFloor({ faults: [failing(4)], others }, async () => {
      const its = governor(alerts)
      const agent = its.govern(agentOn('primary'))
      await giveAll(agent, 4)
      const broken = await give(agent, 'high')
      await sleep(windowMs)
      return [broken.stop, (await give(agent, 'high')).stop, its.left]
    })
    expect(played.value).toEqual(['error', 'end_turn', 1])
    expect(alerts.map(({ kind }) => kind)).toEqual(['budget_spent', 'budget_restored'])
  })

  it('recovers by what succeeds meanwhile', async () => {
    const alerts: Alert[] = []
    await onTheFloor({ faults: [failing(2)], others }, async () => {
      const agent = governor(alerts).govern(agentOn('primary'))
      await giveAll(agent, 5)
    })
    expect(alerts.map(({ kind }) => kind)).toEqual(['budget_spent', 'budget_restored'])
  })

  it('spends budget on a task that rejects, and passes its error on', async () => {
    const its = governor([], { minimumTasks: 1 })
    const agent = its.govern(() => Promise.reject(new Error('bang')))
    await expect(give(agent)).rejects.toThrow('bang')
    expect(its.isSpent).toBe(true)
  })

  it('cannot be degraded to nobody', () => {
    expect(() => governor([], { simpler: undefined })).toThrow(
      'The budget governor cannot start: option "simpler" is wrong (must be given where tasks are degraded); correct it and retry.',
    )
  })
})

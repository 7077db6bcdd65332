import { eventsOf, recorded, task } from './_recorded.ts'
import { describe, expect, it } from 'vitest'
import type { IsCancelled } from '../../../src/agent/steps/cancellation-options.ts'
import { asksFor, callsOf, orderTool, sleep } from '../_desk.ts'

const never = new Promise<boolean>(() => {})

/** One task with two steps, whose check is this. */
async function checkedBy(isCancelled: IsCancelled, timeoutMs = 500) {
  const options = { cancellation: { isCancelled, timeoutMs } }
  const ran = await recorded({ options, primary: asksFor(orderTool) })
  const failures = eventsOf(ran.events, 'aside_failed').map(({ step, what, message }) => [step, what, message])
  return { ...ran, failures, asked: callsOf(ran.played, 'primary') }
}

describe('the cancellation check', () => {
  it('is asked before each step, and told of which task', async () => {
    const seen: string[] = []
    const { outcome } = await checkedBy(async ({ id }) => {
      seen.push(id)
      return Promise.resolve(false)
    })
    expect(outcome.stop).toBe('end_turn')
    expect(seen).toEqual([task.id, task.id])
  })

  it.each([0, 1])('ends the task as cancelled after %i steps, before the next model is asked', async (steps) => {
    let checks = 0
    const { outcome, asked, store, events } = await checkedBy(async () => Promise.resolve(checks++ === steps))
    expect(outcome).toEqual({ answer: null, stop: 'cancelled' })
    expect(asked).toBe(steps)
    expect(eventsOf(events, 'step_started')).toHaveLength(steps)
    expect(events.at(-1)).toMatchObject({ type: 'ended', status: 'cancelled' })
    expect(await store.runs.get(task.id)).toMatchObject({ status: 'cancelled' })
    expect((await store.steps.list(task.id)).map(({ status }) => status)).toEqual(Array(steps).fill('done'))
  })

  const failing: [string, IsCancelled, string][] = [
    ['rejects', () => Promise.reject(new Error('no list of jobs')), 'no list of jobs'],
    [
      'throws',
      () => {
        throw new Error('no list of jobs')
      },
      'no list of jobs',
    ],
    ['says neither', (() => Promise.resolve('yes')) as unknown as IsCancelled, 'said neither true nor false'],
    ['hangs', () => never, 'did not answer within 500 ms'],
  ]

  it.each(failing)('that %s is told, and the task goes on', async (_what, isCancelled, message) => {
    const { outcome, failures } = await checkedBy(isCancelled)
    expect(outcome).toEqual({ answer: 'It is done.', stop: 'end_turn' })
    expect(failures).toEqual([
      [0, 'cancellation_check', expect.stringContaining(message)],
      [1, 'cancellation_check', expect.stringContaining(message)],
    ])
  })

  it('that takes its time is waited for no longer than its limit, and told that it is over', async () => {
    const aborted: boolean[] = []
    const slow: IsCancelled = async (_task, { signal }) => {
      await sleep(501)
      aborted.push(signal.aborted)
      return true
    }
    const { outcome, played } = await checkedBy(slow)
    expect(outcome.stop).toBe('end_turn')
    expect(played.virtualMs).toBe(2 * 500 + 1_240)
    expect(aborted).toEqual([true, true])
  })

  it('does not hold up a caller who cancels', async () => {
    const caller = new AbortController()
    const options = {
      cancellation: {
        isCancelled: () => {
          caller.abort()
          return never
        },
      },
    }
    const { outcome, events, played } = await recorded({ options }, caller.signal)
    expect([outcome.stop, played.virtualMs]).toEqual(['cancelled', 0])
    expect(eventsOf(events, 'aside_failed')).toEqual([])
  })

  it('keeps secrets out of what is told of its failure', async () => {
    const options = {
      policy: { secrets: ['hunter-2222'] },
      cancellation: { isCancelled: () => Promise.reject(new Error('refused hunter-2222 at the door')) },
    }
    const { events } = await recorded({ options })
    expect(eventsOf(events, 'aside_failed')).toMatchObject([{ message: 'refused *** at the door' }])
  })
})

import { eventsOf, progressions } from './_recorded.ts'
import { openStore, storeFault } from '../store/_store.ts'
import { refundAgent, refundTask, refundUpstreamsOf } from '../store/_refund-run.ts'
import type { RefundRun } from '../store/_refund-run.ts'
import { describe, expect, it } from 'vitest'
import type { Fault } from '../../../src/contract/fault.ts'
import type { TaskEvent } from '../../../src/agent/events/task-event.ts'
import { hasReached } from '../../../src/agent/steps/step-progression.ts'
import { play } from '../../wire/_play.ts'

const run: RefundRun = {
  asking: 'in two steps',
  honoursKey: true,
  options: { traces: true, keepFailedMessages: true, retry: { maxAttempts: 1 } },
}

/** One handing-over of the task, then what a store that is opened afterwards knows, then another handing-over. */
async function handedOver(faults: readonly Fault[] = []) {
  return play({ upstreams: refundUpstreamsOf(run), faults }, async () => {
    const events: TaskEvent[] = []
    const signal = new AbortController().signal
    const outcome = await refundAgent(run)(refundTask, { signal, onEvent: (event) => events.push(event) })
    const store = openStore()
    const [steps, kept] = [await store.steps.list(refundTask.id), await store.runs.get(refundTask.id)]
    await store.close()
    const again = await refundAgent(run)(refundTask, { signal })
    const reopened = openStore()
    const inEnd = await reopened.steps.list(refundTask.id)
    return { outcome, events, steps, kept, again, inEnd }
  })
}

describe('a store that is full at any statement', () => {
  it('leaves no step further in the store than it came, and none unfinished in the end', async () => {
    const undisturbed = await handedOver()
    const statements = undisturbed.events.filter(
      (event) => event.type === 'request.sent' && event.upstream === 'memory',
    ).length
    const seen = { failed: new Set<string>(), traceFailed: 0 }
    for (let n = 1; n <= statements; n++) {
      const { value, deliveries } = await handedOver([storeFault('store.full', { on: 'nth', n })])
      if (deliveries[0] !== 1) continue
      const { outcome, events, steps, kept, again, inEnd } = value
      const what = `statement ${n}`
      for (const ended of eventsOf(events, 'step_ended')) {
        const step = steps.find(({ number }) => number === ended.step)
        if (step) expect([what, hasReached(ended.progression, step.progression)]).toEqual([what, true])
        if (ended.status !== 'failed') continue
        expect([what, ended.failure]).toMatchObject([what, { stop: 'error', errorClass: 'store' }])
        seen.failed.add(ended.progression)
      }
      const isTraceLost = eventsOf(events, 'aside_failed').length > 0
      if (isTraceLost) {
        seen.traceFailed += 1
        expect([what, outcome.stop]).toEqual([what, 'end_turn'])
      }
      expect([what, kept === null || kept.status !== 'completed' || outcome.stop === 'end_turn']).toEqual([what, true])
      expect([what, again.stop, inEnd.map(({ status }) => status)]).toEqual([
        what,
        'end_turn',
        ['done', 'done', 'done'],
      ])
    }
    expect(seen.failed).toEqual(new Set(['started', 'reply_received']))
    expect(seen.traceFailed).toBeGreaterThan(5)
  })

  it('comes to every point where nothing fails', async () => {
    const { value } = await handedOver()
    const points = ['started', 'reply_received', 'step_logged', 'trace_logged', 'finished']
    expect(progressions(value.events)).toEqual([1, 2, 3].flatMap((step) => points.map((point) => `${step} ${point}`)))
  })
})

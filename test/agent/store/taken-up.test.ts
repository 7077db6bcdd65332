import { refundAgent, refundTask, refundUpstreamsOf } from './_refund-run.ts'
import type { RefundRun } from './_refund-run.ts'
import { openStore, storeFault } from './_store.ts'
import { describe, expect, it } from 'vitest'
import type { TraceEvent } from '../../../src/contract/event.ts'
import type { Fault, Trigger } from '../../../src/contract/fault.ts'
import type { JsonObject } from '../../../src/contract/json.ts'
import type { AgentTask } from '../../../src/agent/task/outcome.ts'
import { play } from '../../wire/_play.ts'

const inSteps: RefundRun = { asking: 'in two steps', honoursKey: false }
const bothDone = { answer: '{"refunded":"A-1"} / {"refunded":"A-2"}', stop: 'end_turn' }

/** Hands tasks over one after another, each to an agent that is made for it. */
async function handedOver(run: RefundRun, tasks: readonly AgentTask[], faults: readonly Fault[] = []) {
  const played = await play({ upstreams: refundUpstreamsOf(run), faults }, async () => {
    const outcomes = []
    for (const task of tasks) outcomes.push(await refundAgent(run)(task, { signal: new AbortController().signal }))
    return outcomes
  })
  return { ...played, applied: appliedIn(played.events), asked: sentTo(played.events, 'primary') }
}

const appliedIn = (events: readonly TraceEvent[]) =>
  events.flatMap((event) => (event.type === 'effect.applied' ? [event.effect.key] : []))

const sentTo = (events: readonly TraceEvent[], upstream: string) =>
  events.filter((event) => event.type === 'request.sent' && event.upstream === upstream).length

const failingModel = (trigger: Trigger): Fault => ({
  id: 'openai.503',
  target: { kind: 'model', name: 'primary' },
  trigger,
  parameters: {},
})

describe('a task that is handed over again', () => {
  it('is answered as before where it was answered, and nobody is asked', async () => {
    const { value, applied, asked } = await handedOver(inSteps, [refundTask, refundTask])
    expect(value).toEqual([bothDone, bothDone])
    expect([asked, applied]).toEqual([3, ['refund:A-1', 'refund:A-2']])
  })

  it('goes on with the step at which it stopped', async () => {
    const run = { ...inSteps, options: { retry: { maxAttempts: 1 } } }
    const { value, applied, asked } = await handedOver(
      run,
      [refundTask, refundTask],
      [failingModel({ on: 'nth', n: 2 })],
    )
    expect(value).toEqual([{ answer: null, stop: 'llm_api_error' }, bothDone])
    expect([asked, applied]).toEqual([4, ['refund:A-1', 'refund:A-2']])
  })

  it('does not get more steps than one that was never stopped', async () => {
    const run = { ...inSteps, options: { maxSteps: 2 } }
    const { value, asked } = await handedOver(run, [refundTask, refundTask])
    expect(value.map(({ stop }) => stop)).toEqual(['max_steps', 'max_steps'])
    expect(asked).toBe(2)
  })

  it('remembers which tools have run, as its rules want', async () => {
    const rules = [{ kind: 'required_before_exit', tool: 'issue_refund' }] as const
    const run = { ...inSteps, options: { rules: [...rules], retry: { maxAttempts: 1 } } }
    const { value, asked } = await handedOver(run, [refundTask, refundTask], [failingModel({ on: 'nth', n: 3 })])
    expect(value).toEqual([{ answer: null, stop: 'llm_api_error' }, bothDone])
    expect(asked).toBe(4)
  })

  it.each([
    ['words', { ...refundTask, input: 'Refund everything.' }],
    ['a user', { ...refundTask, user: 'eve' }],
  ])('under its id with other %s is refused', async (_what, other) => {
    const { value, applied } = await handedOver(inSteps, [refundTask, other])
    expect(value[1]).toEqual({ answer: null, stop: 'error' })
    expect(applied).toHaveLength(2)
  })

  it('keeps the messages that left the context, and the order of those in it', async () => {
    const tooLong: Fault = { ...failingModel({ on: 'nth', n: 3 }), id: 'openai.400.context' }
    const { value } = await play({ upstreams: refundUpstreamsOf(inSteps), faults: [tooLong] }, async () => {
      await refundAgent(inSteps)(refundTask, { signal: new AbortController().signal })
      const records = await openStore().messages.list(refundTask.id)
      return records.map(({ number, position, message: { role } }) => `${number} ${role} ${position ?? 'out'}`)
    })
    expect(value).toEqual([
      '0 system 0',
      '1 user 1',
      '2 assistant out',
      '3 tool out',
      '4 assistant 2',
      '5 tool 3',
      // The model has forgotten the first refund, and asks for the second once more.
      '6 assistant 4',
      '7 tool 5',
      '8 assistant 6',
    ])
  })
})

describe('a run whose store fails', () => {
  const cases: [string, JsonObject][] = [
    ['store.full', {}],
    ['store.readonly', {}],
    ['store.connection', { form: 'folder_gone' }],
    ['store.query', {}],
  ]

  it.each(cases)('%s at any statement, causes each effect once all the same', async (id, parameters) => {
    const { events } = await handedOver(inSteps, [refundTask])
    const told = new Set<string>()
    for (let n = 1; n <= sentTo(events, 'memory'); n++) {
      const fault = storeFault(id, { on: 'nth', n }, parameters)
      const { value, applied, deliveries } = await handedOver(
        { ...inSteps, honoursKey: true },
        [refundTask, refundTask],
        [fault],
      )
      const what = `${id} at statement ${n}`
      if (deliveries[0] === 1) told.add(value[0]?.stop ?? '')
      expect([what, value[1], applied]).toEqual([what, bothDone, ['refund:A-1', 'refund:A-2']])
    }
    expect(told).toContain('error')
  })

  it('with a lock at any statement waits, and ends as ever', async () => {
    const { events } = await handedOver(inSteps, [refundTask])
    for (let n = 1; n <= sentTo(events, 'memory'); n++) {
      const lock = storeFault('store.busy', { on: 'burst', from: n, length: 2 })
      const { value, applied } = await handedOver(inSteps, [refundTask], [lock])
      expect([n, value, applied]).toEqual([n, [bothDone], ['refund:A-1', 'refund:A-2']])
    }
  })

  it('causes no effect whose intent it cannot keep', async () => {
    for (const [id, parameters] of [...cases, ['store.corrupt', {}] as const]) {
      const { value, applied } = await handedOver(
        inSteps,
        [refundTask],
        [storeFault(id, { on: 'every', n: 1 }, parameters)],
      )
      expect([id, value, applied]).toEqual([id, [{ answer: null, stop: 'error' }], []])
    }
  })
})

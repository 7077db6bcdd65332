import { eventsOf, handOver, task } from './_recorded.ts'
import { describe, expect, it } from 'vitest'
import type { AgentOptions } from '../../../src/agent/agent-options.ts'
import { Approvals } from '../../../src/agent/policy/approvals.ts'
import { memoryStore } from '../../../src/agent/store/memory-store.ts'
import { dryRun } from '../../../src/agent/task/dry-run.ts'
import type { Fault } from '../../../src/contract/fault.ts'
import type { ModelScript } from '../../../src/wire/model-script.ts'
import { asksFor, atTheDesk, callsOf, failing, refundTool } from '../_desk.ts'

/** The task handed over twice, with something in between. */
async function twice(
  primary: ModelScript,
  options: Partial<AgentOptions> = {},
  faults: readonly Fault[] = [],
  between: (approvals: Approvals) => Promise<unknown> = () => Promise.resolve(),
) {
  const store = memoryStore()
  const played = await atTheDesk({ primary, faults, options: { store, ...options } }, async (_ask, agent) => {
    const first = await handOver(agent)
    const left = { steps: await store.steps.list(task.id), run: await store.runs.get(task.id) }
    await between(new Approvals(store))
    const second = await handOver(agent)
    return { first, left, second, steps: await store.steps.list(task.id), run: await store.runs.get(task.id) }
  })
  return { ...played.value, store, asked: callsOf(played, 'primary') }
}

describe('a step that is taken up', () => {
  it('has the time and tokens of all its tries, and is failed no more', async () => {
    const { left, steps, run, second } = await twice(asksFor(refundTool), {}, [failing(1)])
    expect(left.steps).toMatchObject([{ status: 'failed', cost: { metrics: { modelMs: 600 } } }])
    expect(steps).toMatchObject([
      { status: 'done', failure: null, progression: 'finished', cost: { metrics: { modelMs: 1_200, toolMs: 40 } } },
      { status: 'done', cost: { metrics: { modelMs: 600 } } },
    ])
    expect(run).toMatchObject({ status: 'completed', requestMs: 1_240, timeToFirstTokenMs: 600 })
    expect(eventsOf(second.events, 'ended')).toMatchObject([{ requestMs: 1_240 }])
  })

  it('from its kept reply asks nobody, and counts that reply once', async () => {
    const approve = async (approvals: Approvals): Promise<void> => {
      for (const { id } of await approvals.pending(task.id)) await approvals.approve(id)
    }
    const options = { policy: { gated: [refundTool] } }
    const { left, steps, run, asked, first, second } = await twice(asksFor(refundTool), options, [], approve)
    expect([first.outcome.stop, second.outcome.stop, asked]).toEqual(['requires_approval', 'end_turn', 2])
    expect(left.run).toMatchObject({ status: 'waiting_for_approval' })
    expect(steps[0]).toMatchObject({ status: 'done', cost: { metrics: { modelMs: 600, toolMs: 40 } } })
    const [one, other] = steps.map(({ cost }) => cost?.usage.inputTokens ?? 0)
    expect(one).toBe(left.steps[0]?.cost?.usage.inputTokens)
    expect(run?.usage?.inputTokens).toBe((one ?? 0) + (other ?? 0))
  })

  it('from a reply that was no answer asks again, and both are paid for', async () => {
    const primary: ModelScript = ({ replies }) =>
      replies === 0 ? { content: 'Cut', finishReason: 'length' } : { content: 'Whole.' }
    const { left, steps, run, asked, second } = await twice(primary)
    expect(left.steps).toMatchObject([{ status: 'failed', reply: { content: 'Cut' } }])
    expect([asked, second.outcome.answer, steps.length]).toEqual([2, 'Whole.', 1])
    const before = left.steps[0]?.cost?.usage.inputTokens ?? 0
    expect(steps[0]?.cost?.usage.inputTokens).toBe(2 * before)
    expect(run?.usage?.inputTokens).toBe(2 * before)
  })

  it('is not recalled with what failed in it', async () => {
    const primary: ModelScript = ({ replies }) =>
      replies === 0 ? { content: 'Walrus', finishReason: 'length' } : { content: 'Whole.' }
    const store = memoryStore()
    await atTheDesk({ primary, options: { store, keepFailedMessages: true } }, async (_ask, agent) => {
      await agent({ ...task, user: 'ann' }, { signal: new AbortController().signal })
      await agent({ ...task, user: 'ann' }, { signal: new AbortController().signal })
    })
    const search = (text: string) => store.messages.search({ owner: 'ann', text, offset: 0, limit: 9 })
    expect([(await search('Walrus')).found.length, (await search('Whole')).found.length]).toEqual([0, 1])
    expect(JSON.stringify(await store.messages.list(task.id))).toContain('Walrus')
  })

  it('waits for an approval where its first try had failed, and no model is asked before that', async () => {
    const store = memoryStore()
    const caller = new AbortController()
    const never = new Promise<'pending'>(() => {})
    const approve = () => {
      if (caller.signal.aborted) return Promise.resolve('pending' as const)
      setTimeout(() => caller.abort(), 100)
      return never
    }
    const options: Partial<AgentOptions> = { store, policy: { gated: [refundTool], approve } }
    const { value } = await atTheDesk({ primary: asksFor(refundTool), options }, async (_ask, agent) => {
      const first = await handOver(agent, caller.signal)
      const client = { apiKey: 'key', baseURL: 'https://api.openai.com/v1', model: 'large' }
      const [failed, next] = [
        await store.steps.list(task.id),
        await dryRun({ client, instructions: 'You work at a desk.', store }, task),
      ]
      const second = await handOver(agent)
      return {
        stops: [first.outcome.stop, second.outcome.stop],
        failed,
        next,
        waiting: await store.steps.list(task.id),
      }
    })
    expect(value.stops).toEqual(['cancelled', 'requires_approval'])
    expect(value.failed).toMatchObject([{ status: 'failed', failure: { stop: 'cancelled' } }])
    expect(value.next).toBeNull()
    expect(value.waiting).toMatchObject([{ status: 'pending', failure: null, endedAtMs: null }])
  })

  it('from a cut answer has used no tools, so that its answer may be kept', async () => {
    const primary: ModelScript = ({ replies }) =>
      replies === 0 ? { content: 'Cut', finishReason: 'length' } : { content: 'Whole.' }
    const fallback: AgentOptions['fallback'] = { sources: [{ kind: 'cache', maxStaleMs: 60_000 }] }
    const { store, second } = await twice(primary, { fallback })
    expect(second.outcome.answer).toBe('Whole.')
    expect(await store.answers.list(null)).toMatchObject([{ answer: 'Whole.' }])
  })
})

import { refundAgent, refundTask, refundUpstreamsOf } from '../store/_refund-run.ts'
import type { RefundRun } from '../store/_refund-run.ts'
import { openStore, storeFault, withFile } from '../store/_store.ts'
import { describe, expect, it } from 'vitest'
import { z } from 'zod'
import type { Fault } from '../../../src/contract/fault.ts'
import type { AgentOptions } from '../../../src/agent/agent-options.ts'
import { Approvals } from '../../../src/agent/policy/approvals.ts'
import { StoredApprovals } from '../../../src/agent/policy/stored-approvals.ts'
import { defineTool } from '../../../src/agent/tools/tool.ts'
import type { PreparedCall } from '../../../src/agent/tools/tool.ts'
import type { AgentOutcome } from '../../../src/agent/task/outcome.ts'
import { play } from '../../wire/_play.ts'
import { sleep } from '../_desk.ts'

const done = '{"refunded":"A-1"} / {"refunded":"A-2"}'

/** A desk whose refunds need an approval, and a human who looks at the store between two processes of its agent. */
interface GatedDesk {
  readonly approvals: Approvals
  /** Hands the task over to an agent that is made for it. */
  handOver(options?: Partial<AgentOptions>): Promise<AgentOutcome>
  /** The id and the arguments of the one request that is open. */
  asked(): Promise<{ readonly id: string; readonly argumentsText: string }>
}

async function atTheGate(
  scene: (desk: GatedDesk) => Promise<void>,
  policy: AgentOptions['policy'] = {},
  faults: readonly Fault[] = [],
) {
  const run: RefundRun = { asking: 'in one reply', honoursKey: true }
  const { events } = await play({ upstreams: refundUpstreamsOf(run), faults }, () => {
    const approvals = new Approvals(openStore())
    return scene({
      approvals,
      handOver: (options) =>
        refundAgent({ ...run, options: { policy: { gated: ['issue_refund'], ...policy }, ...options } })(refundTask, {
          signal: new AbortController().signal,
        }),
      async asked() {
        const [request, ...others] = await approvals.pending(refundTask.id)
        if (!request || others.length > 0) throw new Error('expected one open request')
        return request
      },
    })
  })
  return events.flatMap((event) => (event.type === 'effect.applied' ? [event.effect.key] : []))
}

const waits = { answer: null, stop: 'requires_approval' }

describe('an approval that is decided while nobody runs', () => {
  it('is asked for each call, shows its arguments, and lets exactly it run', async () => {
    const applied = await atTheGate(async ({ handOver, asked, approvals }) => {
      for (const argumentsText of ['{"id":"A-1"}', '{"id":"A-2"}']) {
        expect(await handOver()).toEqual(waits)
        const request = await asked()
        expect(request).toMatchObject({ argumentsText, tool: 'issue_refund', place: { step: 1 } })
        await approvals.approve(request.id)
      }
      expect(await handOver()).toEqual({ answer: done, stop: 'end_turn' })
    })
    expect(applied).toEqual(['refund:A-1', 'refund:A-2'])
  })

  it('is not asked twice for one call, and nothing of the reply runs before it is given', async () => {
    const applied = await atTheGate(async ({ handOver, asked }) => {
      expect(await handOver()).toEqual(waits)
      const first = await asked()
      expect(await handOver()).toEqual(waits)
      expect((await asked()).id).toBe(first.id)
    })
    expect(applied).toEqual([])
  })

  it('that is denied is told to the model with its reason, in later processes too', async () => {
    const applied = await atTheGate(async ({ handOver, asked, approvals }) => {
      await handOver()
      await approvals.deny((await asked()).id, 'A-1 was not paid')
      expect(await handOver()).toEqual(waits)
      await approvals.approve((await asked()).id)
      const { answer } = await handOver()
      expect(answer).toBe(
        'Error: issue_refund was not executed: its approval was denied (A-1 was not paid); do not ask again. / {"refunded":"A-2"}',
      )
    })
    expect(applied).toEqual(['refund:A-2'])
  })

  it('expires: nobody can decide it, and what was approved and not used is void', async () => {
    const applied = await atTheGate(
      async ({ handOver, asked, approvals }) => {
        await handOver()
        const { id } = await asked()
        await sleep(999)
        await approvals.approve(id)
        await sleep(1)
        expect(await handOver()).toEqual(waits)
        const second = await asked()
        await sleep(1_000)
        expect(await approvals.pending()).toEqual([])
        await expect(approvals.approve(second.id)).rejects.toThrow('has expired')
        expect((await handOver()).answer).toContain('its approval was not given in time')
      },
      { approvalLastsMs: 1_000 },
    )
    expect(applied).toEqual([])
  })

  it('can be decided once', async () => {
    await atTheGate(async ({ handOver, asked, approvals }) => {
      await handOver()
      const { id } = await asked()
      const decisions = [approvals.approve(id), approvals.deny(id, 'no')]
      const ends = await Promise.allSettled(decisions)
      expect(ends.map(({ status }) => status)).toEqual(['fulfilled', 'rejected'])
      await expect(approvals.deny(id, 'no')).rejects.toMatchObject({
        name: 'ApprovalError',
        message: expect.stringContaining('decided before') as string,
      })
      await expect(approvals.approve('nothing')).rejects.toThrow('There is no request "nothing"')
    })
  })

  it('serves one call: the same arguments in a later call are asked for anew', async () => {
    await withFile(async () => {
      const store = openStore()
      const requests = new StoredApprovals(store, 'T-1', 1_000)
      const call = preparedRefund('A-1')
      await requests.request(call, { step: 1, callId: 'a' })
      const [request] = await new Approvals(store).pending()
      await new Approvals(store).approve(request?.id ?? '')
      expect(await requests.find(preparedRefund('A-2'), { step: 1, callId: 'a' })).toBeNull()
      expect(await requests.find(call, { step: 2, callId: 'a' })).toBeNull()
      expect(await requests.find(call, { step: 1, callId: 'b' })).toBeNull()
      expect(await new StoredApprovals(store, 'T-2', 1_000).find(call, { step: 1, callId: 'a' })).toBeNull()
      expect(await requests.find(call, { step: 1, callId: 'a' })).toEqual({ decision: 'approved' })
      expect((await store.approvals.list('T-1')).map(({ state }) => state)).toEqual(['used'])
    })
  })

  it('is asked of the approver first, where there is one', async () => {
    let decision: 'pending' | 'approved' = 'pending'
    const approve = async () => Promise.resolve(decision)
    const applied = await atTheGate(
      async ({ handOver, asked }) => {
        expect(await handOver()).toEqual(waits)
        await asked()
        decision = 'approved'
        expect((await handOver()).answer).toBe(done)
      },
      { approve },
    )
    expect(applied).toHaveLength(2)
  })

  it('that cannot be kept ends the task with nothing run', async () => {
    const full = storeFault('store.full', { on: 'every', n: 1 })
    const applied = await atTheGate(
      async ({ handOver }) => {
        expect(await handOver()).toEqual({ answer: null, stop: 'error' })
      },
      {},
      [full],
    )
    expect(applied).toEqual([])
  })
})

function preparedRefund(id: string): PreparedCall {
  const refund = defineTool({
    name: 'issue_refund',
    description: 'Refunds an order.',
    parameters: z.object({ id: z.string() }),
    effectful: true,
    execute: () => Promise.resolve(''),
  })
  const prepared = refund.prepare(JSON.stringify({ id }))
  if ('problem' in prepared) throw new Error(prepared.problem)
  return prepared.call
}

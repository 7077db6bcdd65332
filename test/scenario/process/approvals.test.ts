import { describe, expect, it } from 'vitest'
import type { FaultTarget } from '../../../src/contract/fault.ts'
import type { Agent, AgentFactory } from '../../../src/contract/task.ts'
import type { JsonObject } from '../../../src/contract/json.ts'
import { every } from '../../../src/faults/sources/every.ts'
import { approvalService } from '../../../src/wire/approval-service.ts'
import { faultable } from '../../../src/wire/functions/faultable.ts'
import { callPoints } from '../../../src/wire/happening.ts'
import { post, refundScenario, refundUpstreams, refundUrl, runUnder } from './_refunds.ts'

const anyApproval: FaultTarget = { kind: 'approval', name: '*' }
const approvalUrl = 'https://approvals.test/requests'

/** Runs an agent that refunds what is approved, and is killed as it asks. */
async function askedUnder(ask: (orderId: string) => Promise<unknown>, parameters: JsonObject) {
  const told = { lives: 0, decisions: [] as unknown[] }
  const agent: AgentFactory = (): Agent => {
    const life = ++told.lives
    return async ({ id: orderId }) => {
      const decision = await ask(orderId)
      told.decisions.push(`life ${life} was told ${JSON.stringify(decision)}`)
      await post(refundUrl, { orderId })
      return { answer: 'Refunded.', stop: 'end_turn' }
    }
  }
  const scenario = refundScenario(agent, {
    tasks: [{ id: 'A-1', input: 'Refund A-1.' }],
    upstreams: () => [...refundUpstreams(), approvalService({ url: approvalUrl, decide: () => 'approved' })],
    profile: { tools: { effectful: ['issue_refund'], gated: ['issue_refund'] }, stopReasons: ['end_turn'] },
  })
  const kill = every('process.kill', anyApproval, { downMs: 500, ...parameters }, { on: 'nth', n: 1 })
  const ran = await runUnder(scenario, kill)
  return { ...ran, told, happened: ran.told }
}

const overHttp = (orderId: string) => post(approvalUrl, { tool: 'issue_refund', arguments: { orderId } })

describe('a process that is killed as it asks for an approval', () => {
  it.each(callPoints)('%s, gets no further, and asks anew', async (at) => {
    const { told, happened, deliveries, violated } = await askedUnder(overHttp, { at })
    const restarted = happened.findIndex((line) => line.includes('process.restarted'))
    expect(happened.slice(0, restarted).filter((line) => line.includes('issue_refund'))).toEqual([])
    // What was decided when nobody was there any more is no answer; what was answered in time is one.
    const answered = happened.slice(0, restarted).filter((line) => line.includes('approval.answered'))
    expect(answered).toHaveLength(at === 'answered' ? 1 : 0)
    expect(happened.slice(restarted).filter((line) => line.includes('approval.a'))).toHaveLength(2)
    expect(told).toEqual({ lives: 2, decisions: ['life 2 was told {"decision":"approved"}'] })
    expect(deliveries).toEqual([1])
    expect(violated).toEqual([])
  })

  it.each(callPoints)('%s, gets no further where a function of its own approves', async (at) => {
    let asked = 0
    const approve = faultable({ kind: 'approval', name: 'approver' }, async (_orderId: string) => {
      asked++
      return Promise.resolve({ decision: 'approved' })
    })
    const { told, deliveries } = await askedUnder((orderId) => approve(orderId), { at })
    expect(asked).toBe(at === 'sent' ? 1 : 2)
    expect(told).toEqual({ lives: 2, decisions: ['life 2 was told {"decision":"approved"}'] })
    expect(deliveries).toEqual([1])
  })

  it('does not ask while it is dead', async () => {
    const twice = async (orderId: string): Promise<unknown> => {
      void overHttp(orderId)
      for (let step = 0; step < 20; step++) await Promise.resolve()
      return overHttp(orderId)
    }
    const { happened } = await askedUnder(twice, { at: 'sent', afterMicrotasks: 5 })
    const restarted = happened.findIndex((line) => line.includes('process.restarted'))
    expect(happened.slice(0, restarted).filter((line) => line.includes('approval.asked'))).toHaveLength(1)
    expect(happened.slice(restarted).filter((line) => line.includes('approval.asked'))).toHaveLength(2)
  })
})

import { describe, expect, it } from 'vitest'
import type { JsonObject } from '../../../src/contract/json.ts'
import { every } from '../../../src/faults/sources/every.ts'
import { careful, forgetful, refundScenario, refundTool, runUnder } from './_refunds.ts'

const kill = (parameters: JsonObject, nth = 1) =>
  every('process.kill', refundTool, { downMs: 500, ...parameters }, { on: 'nth', n: nth })

describe('a process that is killed', () => {
  it('is started again, and is handed what it was at', async () => {
    const { told, how, deliveries } = await runUnder(refundScenario(forgetful), kill({ at: 'acted' }))
    expect(told).toEqual([
      '0 task.started A-1',
      '0 request.sent issue_refund',
      '40 effect.applied issue_refund',
      '40 process.killed',
      '40 fault.injected issue_refund',
      '540 process.restarted',
      '540 task.started A-1',
      '540 request.sent issue_refund',
      '580 effect.applied issue_refund',
      '580 response.head issue_refund',
      '580 response.end issue_refund',
      '580 task.ended A-1',
      '580 task.graded A-1',
      '580 trial.ended',
    ])
    expect({ how, deliveries }).toEqual({ how: 'finished', deliveries: [1] })
  })

  it('after its tool has acted makes it act twice, which is a finding of L11 and of nothing else', async () => {
    const { violated } = await runUnder(refundScenario(forgetful), kill({ at: 'acted' }))
    expect(violated).toEqual(['L11'])
  })

  it('accuses nobody who wrote down first what he was about to do', async () => {
    for (const at of ['sent', 'acted', 'answered'])
      expect((await runUnder(refundScenario(careful), kill({ at }))).violated).toEqual([])
  })
})

import { describe, expect, it } from 'vitest'
import type { Fault } from '../../../src/contract/fault.ts'
import type { Agent } from '../../../src/contract/task.ts'
import { every } from '../../../src/faults/sources/every.ts'
import { refundScenario, refundTool, refundUrl, runUnder } from './_refunds.ts'

/** Lets nothing through for 30 s after two failures in a row, by the clock that it is given; all its tasks share it. */
const guarded = (now: () => number) => (): Agent => {
  let failures = 0
  let openUntil = -Infinity
  return async ({ id: orderId }) => {
    if (now() < openUntil) return { answer: null, stop: 'error' }
    const { ok } = await fetch(refundUrl, { method: 'POST', body: JSON.stringify({ orderId }) })
    failures = ok ? 0 : failures + 1
    if (failures >= 2) openUntil = now() + 30_000
    return { answer: ok ? 'Refunded.' : null, stop: ok ? 'end_turn' : 'error' }
  }
}

const outage = every('tool.error', refundTool, { status: 503 })
const jump = every('clock.jump_forward', refundTool, { byMs: 60_000, afterMs: 100 }, { on: 'nth', n: 2 })

async function brokenBy(now: () => number, ...planned: Fault[]) {
  const scenario = refundScenario(guarded(now), {
    workload: { order: 'overlap', arrivals: [0, 1_000, 2_000, 3_000].map((atMs) => ({ task: 'A-1', atMs })) },
    profile: {
      breaker: { guards: [refundTool], consecutiveFailures: 2, cooldownMs: 30_000 },
      stopReasons: ['end_turn', 'error'],
    },
  })
  const { violated, events } = await runUnder(scenario, outage, ...planned)
  return {
    broken: violated.filter((id) => id.startsWith('B')),
    sent: events.filter((e) => e.type === 'request.sent').length,
  }
}

describe('a breaker that all overlapping tasks share', () => {
  it('opens too early where it goes by the wall clock and that is set forward', async () => {
    expect(await brokenBy(() => Date.now())).toEqual({ broken: [], sent: 2 })
    const { broken, sent } = await brokenBy(() => Date.now(), jump)
    expect(sent).toBeGreaterThan(2)
    expect(broken.length).toBeGreaterThan(0)
  })

  it('withstands that where it goes by a monotonic clock', async () => {
    expect(await brokenBy(() => performance.now(), jump)).toEqual({ broken: [], sent: 2 })
  })

  it('begins closed again in a process that was killed, which accuses nobody', async () => {
    const kill = every('process.kill', refundTool, { afterMs: 100, downMs: 100 }, { on: 'nth', n: 2 })
    expect(await brokenBy(() => performance.now(), kill)).toEqual({ broken: [], sent: 4 })
  })
})

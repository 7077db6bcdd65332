import { describe, expect, it } from 'vitest'
import type { Agent } from '../../src/contract/task.ts'
import { faults } from '../../src/faults/faults.ts'
import { measuredCalls } from '../../src/scenario/measured-calls.ts'
import { runTrial } from '../../src/scenario/trial.ts'
import { installSimulation } from '../../src/simulation/install.ts'
import { orderScenario } from './_scenario.ts'

installSimulation()

async function callsOf(agent: Agent) {
  const scenario = orderScenario({ agent: () => agent })
  const plan = { faults: [faults.tool('*').latency({ p50Ms: 60_000, p99Ms: 60_001 })] }
  const { events } = await runTrial({ scenario, seed: 1, trial: 0, plan, keep: true, onTurn: () => {} })
  return measuredCalls(events)
}

const order = 'https://orders.test/orders/A-1'

describe('the calls of a trial', () => {
  it('are counted by upstream, one that was given up as indeterminate', async () => {
    const calls = await callsOf(async () => {
      await fetch(order)
      await fetch(order, { signal: AbortSignal.timeout(1_000) }).catch(() => {})
      return { answer: null, stop: 'end_turn' }
    })
    expect(calls).toMatchObject({ look_up_order: { success: 1, failure: 0, indeterminate: 1 } })
  })

  it('are indeterminate where the trial ended first', async () => {
    const calls = await callsOf(() => {
      void fetch(order).catch(() => {})
      return Promise.resolve({ answer: null, stop: 'end_turn' })
    })
    expect(calls['look_up_order']).toMatchObject({ success: 0, indeterminate: 1 })
  })
})

// First: what is imported before the simulation is in place escapes it.
import '../../simulation/_install.ts'
import { DatabaseSync } from 'node:sqlite'
import { describe, expect, it } from 'vitest'
import type { Fault } from '../../../src/contract/fault.ts'
import type { Agent } from '../../../src/contract/task.ts'
import { faults } from '../../../src/faults/faults.ts'
import { properties } from '../../../src/properties/properties.ts'
import { judgeFor } from '../../../src/scenario/finding.ts'
import { scenario } from '../../../src/scenario/scenario.ts'
import { runTrial } from '../../../src/scenario/trial.ts'
import { sqliteStore } from '../../../src/wire/stores/sqlite-store.ts'
import { fault, refundA1, refundUrl, refunds } from '../_strike.ts'

/** Refunds once and notes it; where noting fails, begins anew, and does not find the note that it could not make. */
function forgetfulAgent(): Agent {
  const database = new DatabaseSync('notes.sqlite')
  return async () => {
    for (let attempt = 0; attempt < 3; attempt++) {
      try {
        if (database.prepare('SELECT 1 FROM refunds WHERE id = ?').get('A-1') === undefined) {
          await fetch(refundUrl, refundA1)
          database.prepare('INSERT INTO refunds VALUES (?, ?)').run('A-1', 'refunded because '.repeat(100))
        }
        return { answer: 'Refunded.', stop: 'end_turn' }
      } catch {
        // Begins anew.
      }
    }
    return { answer: null, stop: 'error' }
  }
}

const desk = scenario('an agent that keeps notes', {
  agent: forgetfulAgent,
  tasks: [{ id: 'refund', input: 'Refund order A-1.' }],
  upstreams: () => [
    refunds(),
    sqliteStore({
      name: 'notes',
      path: 'notes.sqlite',
      schema: 'CREATE TABLE refunds (id TEXT PRIMARY KEY, why TEXT)',
    }),
  ],
  profile: { tools: { effectful: ['issue_refund'] } },
  search: {
    trials: 100,
    faults: faults.swarm(faults.store('notes').all()),
    properties: [properties.effects.atMostOnce],
  },
})

async function verdictUnder(...planned: Fault[]) {
  const trial = { scenario: desk, judge: judgeFor(desk), seed: 1, trial: 0, plan: { faults: planned } }
  const [one, again] = [await runTrial(trial), await runTrial({ ...trial, keep: true })]
  expect(again.hash).toBe(one.hash)
  return { verdict: one.verdicts.get('L11')?.verdict, deliveries: one.deliveries, how: one.how }
}

describe('a scenario whose agent keeps its notes in SQLite', () => {
  it('is right without faults', async () => {
    expect(await verdictUnder()).toEqual({ verdict: 'holds', deliveries: [], how: 'finished' })
  })

  it.each(['store.busy', 'store.full'])('refunds twice where the note meets %s', async (id) => {
    const onNote = fault(id, { kind: 'store', name: 'notes' }, {}, { on: 'nth', n: 3 })
    expect(await verdictUnder(onNote)).toEqual({ verdict: 'violated', deliveries: [1], how: 'finished' })
  })
})

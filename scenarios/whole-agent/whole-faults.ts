import * as fc from 'fast-check'
import type { Fault, FaultSource, PlanSource } from 'shakedown'
import { faults } from 'shakedown'
import { lastingTrouble } from '../lasting-trouble.ts'
import { attacks } from '../support/support-attacks.ts'
import { shouldNotRetry } from '../support/should-not-retry.ts'

const backup = { kind: 'model', name: 'backup' } as const

/** Trouble that breakers are for, and a kill meanwhile, aimed. */
function aimed(): FaultSource[] {
  // While the backup is asked, the breaker of the primary is open, or about to be.
  const killed = fc
    .integer({ min: 1, max: 8 })
    .map((n): Fault => faults.every('process.kill', backup, { downMs: 500 }, { on: 'nth', n }))
  // Three times, since both have to be drawn together: one in two thousand trials was too few for B22.
  const kills = Array.from({ length: 3 }, (): FaultSource => ({ family: 'process', arbitrary: killed }))
  return [...kills, ...lastingTrouble('primary'), shouldNotRetry]
}

/** Every family of faults: providers, streams, tools, people, files, memory, clock and process. */
export function wholeFaults(): PlanSource {
  return faults.swarm(
    faults.provider('primary').all(),
    faults.provider('*').all(),
    faults.provider('*').wrongReplies(),
    faults.provider('*').budgetKill(),
    aimed(),
    faults.stream.all(),
    faults.tool('*').all(),
    faults.mcp('policies').all(),
    faults.approval.all(),
    faults.policy(attacks),
    faults.store('memory').all(),
    faults.memory('archive').all(),
    faults.memory('token counter').recall(),
    faults.clock.all(),
    faults.process.all(),
  )
}

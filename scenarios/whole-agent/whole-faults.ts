import * as fc from 'fast-check'
import type { Fault, FaultSource, PlanSource } from 'shakedown'
import { faults } from 'shakedown'
import { attacks } from '../support/support-attacks.ts'
import { shouldNotRetry } from '../support/should-not-retry.ts'

const primary = { kind: 'model', name: 'primary' } as const
const backup = { kind: 'model', name: 'backup' } as const
const fromMs = fc.constantFrom(0, 1_000, 5_000, 20_000)

/** For the length of a span, begun by a drawn time: long enough to outlast a cooldown and its probe, or not. */
const spans = fc.tuple(fromMs, fc.constantFrom(3_000, 12_000, 45_000, 90_000))

/** Trouble that breakers are for, aimed: an outage that lasts, an endpoint that says nothing, and a kill meanwhile. */
function aimed(): FaultSource[] {
  const outage = spans.map(([from, ms]) => faults.provider('primary').outage({ fromMs: from, toMs: from + ms }))
  const silence = spans.map(([from, ms]): Fault =>
    faults.every('net.hang.headers', primary, {}, { on: 'between', fromMs: from, toMs: from + ms }),
  )
  // While the backup is asked, the breaker of the primary is open, or about to be.
  const killed = fc
    .integer({ min: 1, max: 8 })
    .map((n): Fault => faults.every('process.kill', backup, { downMs: 500 }, { on: 'nth', n }))
  const kills = Array.from({ length: 3 }, (): FaultSource => ({ family: 'process', arbitrary: killed }))
  return [
    ...kills,
    { family: 'server errors', arbitrary: outage },
    { family: 'transport', arbitrary: silence },
    shouldNotRetry,
  ]
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

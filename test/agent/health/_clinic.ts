// First: what is imported before the simulation is in place escapes it.
import { stepsPath, stepsStore } from '../../wire/stores/_steps.ts'
import { DatabaseSync } from 'node:sqlite'
import type { Fault } from '../../../src/contract/fault.ts'
import { memoryCheck, reachableCheck, responseTimeCheck } from '../../../src/agent/health/checks.ts'
import type { HealthCheck } from '../../../src/agent/health/health-check.ts'
import type { HealthStatus } from '../../../src/agent/health/health-report.ts'
import { toolsCheck } from '../../../src/agent/health/tools-check.ts'
import { openAiChat } from '../../../src/wire/openai/openai-chat.ts'
import { toolBackend, toolResult } from '../../../src/wire/tool-backend.ts'
import { greeting, play, sdk } from '../../wire/_play.ts'
import type { Played } from '../../wire/_play.ts'

/** Plays a scene with a model, a store, and services: those of two tools, and the agent's own. */
export function atTheClinic<Value>(faults: readonly Fault[], scene: () => Promise<Value>): Promise<Played<Value>> {
  const backends = ['orders', 'refunds', 'agent'].map((tool) =>
    toolBackend({ tool, method: 'GET', url: `https://shop.test/${tool}`, handle: () => toolResult({}) }),
  )
  const model = openAiChat({ name: 'primary', script: () => ({ content: 'From the primary.' }) })
  return play({ upstreams: [model, stepsStore(), ...backends], faults }, scene)
}

async function probe(tool: string, signal: AbortSignal): Promise<void> {
  const { ok, status } = await fetch(`https://shop.test/${tool}`, { signal })
  if (!ok) throw new Error(`status ${status}`)
}

/** The four checks, on real clients. */
export function fourChecks(): HealthCheck[] {
  return [
    reachableCheck({ ask: ({ signal }) => probe('agent', signal) }),
    responseTimeCheck({ ask: ({ signal }) => sdk().chat.completions.create(greeting, { signal }) }),
    memoryCheck({
      async missing() {
        const rows = new DatabaseSync(stepsPath).prepare('SELECT what FROM steps').all()
        return ['persona', 'human'].filter((block) => !rows.some(({ what }) => what === block))
      },
    }),
    toolsCheck({
      probes: {
        orders: ({ signal }) => probe('orders', signal),
        refunds: ({ signal }) => probe('refunds', signal),
      },
    }),
  ]
}

/** Fills the memory of the agent. */
export function remember(...blocks: readonly string[]): void {
  const database = new DatabaseSync(stepsPath)
  for (const block of blocks) database.prepare('INSERT INTO steps (what) VALUES (?)').run(block)
  database.close()
}

/** A check that says the next of the given words each time, and the last for ever. */
export function says(...statuses: HealthStatus[]): { readonly check: HealthCheck; readonly asked: () => number } {
  let asked = 0
  const look: HealthCheck['look'] = async () => {
    const status = statuses[Math.min(asked++, statuses.length - 1)] ?? 'healthy'
    return { status, message: status }
  }
  return { check: { name: 'scripted', timeoutMs: 1_000, look }, asked: () => asked }
}

import type { Fault } from '../../../src/contract/fault.ts'
import type { TraceEvent } from '../../../src/contract/event.ts'
import type { Agent, AgentFactory } from '../../../src/contract/task.ts'
import type { JsonObject } from '../../../src/contract/json.ts'
import { faults } from '../../../src/faults/faults.ts'
import { properties } from '../../../src/properties/properties.ts'
import { type Scenario, type ScenarioInput, scenario } from '../../../src/scenario/scenario.ts'
import { runTrial } from '../../../src/scenario/trial.ts'
import { judgeFor } from '../../../src/scenario/finding.ts'
import { installSimulation } from '../../../src/simulation/install.ts'
import { toolBackend, toolResult } from '../../../src/wire/tool-backend.ts'
import type { Upstream } from '../../../src/wire/upstream.ts'

installSimulation()

export const refundUrl = 'https://shop.test/refunds'
const logUrl = 'https://log.test/entries'

/** A back end that refunds whatever it is asked to, and a log that outlives whoever writes into it. */
export function refundUpstreams(): Upstream[] {
  const entries = new Map<string, string>()
  const issue = toolBackend({
    tool: 'issue_refund',
    method: 'POST',
    url: refundUrl,
    handle: ({ arguments: args, applyEffect }) => {
      applyEffect(`refund:${args['orderId'] as string}`, args)
      return toolResult({ refunded: args['orderId'] ?? null })
    },
  })
  const look = toolBackend({
    tool: 'find_refund',
    method: 'GET',
    url: `${refundUrl}/:orderId`,
    handle: ({ arguments: { orderId } }) => toolResult({ status: entries.get(orderId as string) ?? null }),
  })
  const note = toolBackend({
    tool: 'log',
    method: 'POST',
    url: logUrl,
    handle: ({ arguments: { key, status } }) => {
      entries.set(key as string, status as string)
      return toolResult({})
    },
  })
  const read = toolBackend({
    tool: 'read_log',
    method: 'GET',
    url: `${logUrl}/:key`,
    handle: ({ arguments: { key } }) => toolResult({ status: entries.get(key as string) ?? null }),
  })
  return [issue, look, note, read]
}

export async function post(url: string, body: JsonObject, signal?: AbortSignal): Promise<unknown> {
  const answer = await fetch(url, { method: 'POST', body: JSON.stringify(body), ...(signal && { signal }) })
  return answer.json()
}

/** Refunds without a thought of what an earlier life of its may have done. */
export const forgetful: AgentFactory =
  (): Agent =>
  async ({ id }) => {
    await post(refundUrl, { orderId: id })
    return { answer: 'Refunded.', stop: 'end_turn' }
  }

/** Writes down that it is about to refund; after a restart it refunds no order of which it did. */
export const careful: AgentFactory =
  (): Agent =>
  async ({ id }) => {
    const read = await fetch(`${logUrl}/${id}`)
    const { status } = (await read.json()) as { status: string | null }
    if (status !== null) return { answer: 'Somebody should look whether this was refunded.', stop: 'end_turn' }
    await post(logUrl, { key: id, status: 'intended' })
    await post(refundUrl, { orderId: id })
    return { answer: 'Refunded.', stop: 'end_turn' }
  }

export const refundTool = { kind: 'tool', name: 'issue_refund' } as const

export function refundScenario(agent: AgentFactory, change: Partial<ScenarioInput> = {}): Scenario {
  return scenario('refunds', {
    agent,
    tasks: ['A-1', 'A-2', 'A-3'].map((id) => ({ id, input: `Refund ${id}.` })),
    upstreams: refundUpstreams,
    profile: { tools: { effectful: ['issue_refund'] }, terminationMs: 600_000, stopReasons: ['end_turn', 'cancelled'] },
    search: {
      trials: 200,
      faults: faults.swarm(faults.process({ kind: 'tool', name: '*' }).kills()),
      // These agents ask no model, and so end no turn of one.
      properties: properties.without('L3'),
    },
    ...change,
  })
}

/** Runs one trial under faults; says what happened, and which properties are violated. */
export async function runUnder(of: Scenario, ...planned: Fault[]) {
  const result = await runTrial({
    scenario: of,
    judge: judgeFor(of),
    seed: 1,
    trial: 0,
    plan: { faults: planned },
    keep: true,
  })
  const violated = [...result.verdicts].flatMap(([id, verdict]) => (verdict.verdict === 'violated' ? [id] : []))
  return { ...result, violated, told: result.events.map(inShort) }
}

function inShort(event: TraceEvent): string {
  const { at, type } = event
  const what = 'upstream' in event ? ` ${event.upstream}` : 'id' in event ? ` ${event.id}` : ''
  return `${at} ${type}${what}`
}

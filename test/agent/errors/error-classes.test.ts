import { expect, it } from 'vitest'
import type { AgentOptions } from '../../../src/agent/agent-options.ts'
import type { ErrorClass } from '../../../src/agent/errors/error-class.ts'
import type { TaskEvent } from '../../../src/agent/events/task-event.ts'
import type { StopReason } from '../../../src/agent/task/outcome.ts'
import { atTheDesk, callsOf, failing, fault } from '../_desk.ts'
import type { Desk } from '../_desk.ts'

interface Way extends Desk {
  readonly stop: StopReason
  readonly cancelAfterMs?: number
  /** Requests that the endpoint got. */
  readonly requests?: number
}

const failed = 'llm_api_error'
const client = { name: 'primary', baseURL: 'https://api.openai.com/v1', model: 'large' }
const noKey: Partial<AgentOptions> = {
  client: { ...client, apiKey: { use: () => Promise.reject(new Error('There is no key.')) } },
}

/** For each class, what leads to it. */
const ways: Readonly<Record<ErrorClass, Way>> = {
  timeout: { options: { timeouts: { modelMs: 50 } }, stop: failed },
  connection: { faults: [fault('net.reset', 'primary')], stop: failed },
  server: { faults: [failing(1)], stop: failed },
  rate_limited: { faults: [fault('openai.429.rpm', 'primary')], stop: failed },
  quota: { faults: [fault('openai.429.quota', 'primary')], stop: failed },
  auth: { faults: [fault('openai.401', 'primary')], stop: failed },
  invalid_request: { faults: [fault('openai.400', 'primary')], stop: failed },
  context_overflow: { faults: [fault('openai.400.context', 'primary')], stop: 'context_window_exceeded' },
  content_policy: { faults: [fault('openai.400.content_filter', 'primary')], stop: failed },
  invalid_reply: { faults: [fault('body.invalid_json', 'primary')], stop: 'invalid_llm_response' },
  refused: {
    options: { breaker: { consecutiveFailures: 1, cooldownMs: 60_000 }, retry: { maxAttempts: 2, baseMs: 1 } },
    ...{ faults: [failing(1)], stop: failed, requests: 1 },
  },
  cancelled: { cancelAfterMs: 50, stop: 'cancelled' },
  deadline: { options: { timeouts: { taskMs: 50 } }, stop: 'deadline' },
  unknown: { options: noKey, stop: 'error', requests: 0 },
}

it.each(Object.entries(ways))('the failure of a model call is of the class %s', async (errorClass, way) => {
  const events: TaskEvent[] = []
  const played = await atTheDesk(way, (_ask, agent) => {
    const caller = new AbortController()
    if (way.cancelAfterMs !== undefined) setTimeout(() => caller.abort(), way.cancelAfterMs)
    const onEvent = (event: TaskEvent): void => void events.push(event)
    return agent({ id: 'task-1', input: 'When are you open?' }, { signal: caller.signal, onEvent })
  })
  const classes = events.flatMap((event) => (event.type === 'attempt_failed' ? [event.errorClass] : []))
  const refused = played.value.claims?.refusals.map(() => 'refused') ?? []
  expect([...classes, ...refused].at(-1)).toBe(errorClass)
  expect(played.value.stop).toBe(way.stop)
  expect(callsOf(played, 'primary')).toBe(way.requests ?? 1)
})

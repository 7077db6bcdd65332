import { expect, it } from 'vitest'
import type { ReferenceAgent } from '../../../src/agent/task/agent.ts'
import type { TaskEvent } from '../../../src/agent/events/task-event.ts'
import { streamTask } from '../../../src/agent/events/stream-task.ts'
import { asksFor, atTheDesk, failing, fault, orderTool, sleep } from '../_desk.ts'
import type { Desk } from '../_desk.ts'

const task = { id: 'task-1', input: 'Where is my order?' }
const streaming: NonNullable<Desk['options']> = { stream: true, retry: { maxAttempts: 2, baseMs: 1 } }

/** All events of one task. */
async function eventsOf(desk: Desk): Promise<readonly TaskEvent[]> {
  const { value } = await atTheDesk(desk, (_ask, agent) => collect(agent))
  return value
}

async function collect(agent: ReferenceAgent): Promise<TaskEvent[]> {
  const events: TaskEvent[] = []
  for await (const event of streamTask(agent, task)) events.push(event)
  return events
}

/** Of how far a step has come, other tests speak. */
const types = (events: readonly TaskEvent[]): string[] =>
  events
    .map(({ type }) => type)
    .filter((type) => type !== 'step_progressed' && type !== 'step_ended')
    .filter((type, index, all) => type !== all[index - 1])

const textOf = (events: readonly TaskEvent[]): string =>
  events.map((event) => (event.type === 'delta' && event.delta.kind === 'text' ? event.delta.text : '')).join('')

it.each(['openai', 'anthropic'] as const)('a task of %s tells what it does, its tokens among it', async (provider) => {
  const events = await eventsOf({ provider, options: streaming, primary: asksFor(orderTool) })
  expect(types(events)).toEqual([
    ...['step_started', 'delta', 'reply', 'tool_result'],
    ...['step_started', 'delta', 'reply', 'ended'],
  ])
  expect(textOf(events)).toBe('It is done.')
  const argumentsText = events.map((event) =>
    event.type === 'delta' && event.delta.kind === 'call' ? event.delta.argumentsText : '',
  )
  expect(JSON.parse(argumentsText.join(''))).toEqual({ id: 'A-1' })
  expect(events.at(-1)).toMatchObject({ outcome: { answer: 'It is done.', stop: 'end_turn' }, steps: 2 })
})

it('whole replies have no tokens, and their usage adds up', async () => {
  const events = await eventsOf({ primary: asksFor(orderTool) })
  expect(types(events)).toEqual(['step_started', 'reply', 'tool_result', 'step_started', 'reply', 'ended'])
  const usages = events.flatMap((event) => (event.type === 'reply' ? [event.usage] : []))
  expect(usages).toHaveLength(2)
  const sum = (key: 'inputTokens' | 'outputTokens'): number => usages.reduce((total, usage) => total + usage[key], 0)
  expect(events.at(-1)).toMatchObject({
    usage: { inputTokens: sum('inputTokens'), outputTokens: sum('outputTokens'), repliesEstimated: 0 },
  })
})

it('what a failed attempt brought is void, and is said to be', async () => {
  const cut = fault('sse.cut.reset', 'primary', { on: 'nth', n: 1 }, { afterFrames: 4 })
  const events = await eventsOf({ options: streaming, faults: [cut] })
  const failedAt = events.findIndex(({ type }) => type === 'attempt_failed')
  expect(events[failedAt]).toEqual({ type: 'attempt_failed', step: 1, errorClass: 'connection' })
  expect(textOf(events.slice(0, failedAt))).not.toBe('')
  expect(textOf(events.slice(failedAt))).toBe('From the primary.')
})

it('a task that fails ends with an event that says so', async () => {
  const events = await eventsOf({ faults: [failing(1)] })
  expect(types(events)).toEqual(['step_started', 'attempt_failed', 'ended'])
  expect(events.at(-1)).toMatchObject({ outcome: { answer: null, stop: 'llm_api_error' }, steps: 1 })
})

it('only the wanted types are given, and the end', async () => {
  const { value } = await atTheDesk({ options: streaming, primary: asksFor(orderTool) }, async (_ask, agent) => {
    const seen: string[] = []
    for await (const { type } of streamTask(agent, task, { types: ['reply'] })) seen.push(type)
    return seen
  })
  expect(value).toEqual(['reply', 'reply', 'ended'])
})

it('who stops reading cancels the task, and one who cancels reads that', async () => {
  const { value } = await atTheDesk({ options: streaming, primary: asksFor(orderTool) }, async (_ask, agent) => {
    for await (const event of streamTask(agent, task)) if (event.type === 'delta') break
    const caller = new AbortController()
    let last: TaskEvent | undefined
    for await (const event of streamTask(agent, task, { signal: caller.signal })) {
      if (event.type === 'reply') caller.abort()
      last = event
    }
    await sleep(60_000)
    return last
  })
  expect(value).toMatchObject({ type: 'ended', outcome: { answer: null, stop: 'cancelled' } })
})

it('a listener that throws changes nothing', async () => {
  const { value } = await atTheDesk({}, (_ask, agent) =>
    agent(task, {
      signal: new AbortController().signal,
      onEvent: () => {
        throw new Error('the listener is broken')
      },
    }),
  )
  expect(value).toEqual({ answer: 'From the primary.', stop: 'end_turn' })
})

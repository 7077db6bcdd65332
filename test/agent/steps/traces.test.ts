import { eventsOf, progressions, recorded, task } from './_recorded.ts'
import { openStore, storePath } from '../store/_store.ts'
import { refundAgent, refundTask, refundUpstreamsOf } from '../store/_refund-run.ts'
import { DatabaseSync } from 'node:sqlite'
import { describe, expect, it } from 'vitest'
import { z } from 'zod'
import type { AgentOptions } from '../../../src/agent/agent-options.ts'
import { parseAgentOptions } from '../../../src/agent/agent-options.ts'
import type { TaskEvent } from '../../../src/agent/events/task-event.ts'
import type { AgentStore } from '../../../src/agent/store/agent-store.ts'
import { memoryStore } from '../../../src/agent/store/memory-store.ts'
import { play } from '../../wire/_play.ts'
import { asksFor, failing, fault, orderTool, simplified } from '../_desk.ts'

const traced: Partial<AgentOptions> = { traces: true, retry: { maxAttempts: 2, baseMs: 1 } }

describe.each(['openai', 'anthropic'] as const)('the traces of model calls to %s', (provider) => {
  it('are what was sent and what came, attempt by attempt', async () => {
    const status = provider === 'openai' ? 503 : 529
    const faults = [fault(`${provider}.${status}`, 'primary', { on: 'nth', n: 1 })]
    const { store } = await recorded({ provider, options: traced, faults, primary: asksFor(orderTool) })
    const traces = await store.traces.list(task.id)
    expect(traces.map(({ step, error, tookMs }) => [step, error?.status ?? null, tookMs])).toEqual([
      [1, status, 600],
      [1, null, 600],
      [2, null, 600],
    ])
    const { model, messages } = z
      .object({ model: z.string(), messages: z.array(z.unknown()) })
      .parse(traces[2]?.request)
    expect(model).toBe('large')
    expect(JSON.stringify(messages)).toContain('Where is my order?')
    expect(traces[0]?.request).toEqual(traces[1]?.request)
    expect(traces[0]).toMatchObject({ response: null, error: { errorClass: 'server' } })
    const said =
      provider === 'openai'
        ? { choices: [{ message: { content: 'It is done.' } }] }
        : { content: [{ text: 'It is done.' }] }
    expect(traces[2]?.response).toMatchObject(said)
  })

  it('of a stream hold the reply that it brought', async () => {
    const { store } = await recorded({ provider, options: { ...traced, stream: true } })
    expect(await store.traces.list(task.id)).toMatchObject([
      { request: { stream: true }, response: { content: 'From the primary.' }, error: null },
    ])
  })
})

describe('traces', () => {
  it('are kept only where they are asked for, and need a store', async () => {
    const { store } = await recorded({})
    expect(await store.traces.list(null)).toEqual([])
    const client = { apiKey: 'key', baseURL: 'https://api.openai.com/v1', model: 'm' }
    expect(() => parseAgentOptions({ client, instructions: 'x', traces: true })).toThrow('option "traces" is wrong')
    expect(() => parseAgentOptions({ client, instructions: 'x', keepFailedMessages: true })).toThrow(
      '"keepFailedMessages"',
    )
  })

  it('of a step that failed are kept, and those of a fallback', async () => {
    const { store, outcome } = await recorded({
      options: { ...traced, retry: { maxAttempts: 1 }, fallback: { sources: [simplified] } },
      faults: [failing(1)],
    })
    expect(outcome.answer).toBe('From the backup.')
    const traces = await store.traces.list(task.id)
    expect(traces.map(({ step, upstream, error }) => [step, upstream, error?.errorClass])).toEqual([
      [1, 'primary', 'server'],
      [1, 'backup', undefined],
    ])
  })

  it('of a task that was cancelled are kept', async () => {
    const caller = new AbortController()
    const options: Partial<AgentOptions> = {
      ...traced,
      cancellation: {
        isCancelled: async () => {
          setTimeout(() => caller.abort(), 100)
          return Promise.resolve(false)
        },
      },
    }
    const { store } = await recorded({ options }, caller.signal)
    expect(await store.traces.list(task.id)).toMatchObject([
      { response: null, error: { errorClass: 'cancelled' }, tookMs: 100 },
    ])
  })

  it('hold no key and no secret, whoever says it', async () => {
    const secret = 'canary "42" \\ bird'
    const options: Partial<AgentOptions> = {
      ...traced,
      client: { name: 'primary', apiKey: 'sk-very-secret-key', baseURL: 'https://api.openai.com/v1', model: 'large' },
      instructions: `The code is ${secret}, and the key sk-very-secret-key.`,
      policy: { secrets: [secret] },
    }
    const script = asksFor('no_such_tool', { code: secret, hidden: Buffer.from(secret).toString('base64') })
    const { store } = await recorded({
      options,
      primary: script,
      faults: [fault('openai.401', 'primary', { on: 'nth', n: 2 })],
    })
    const kept = JSON.stringify(await store.traces.list(task.id))
    expect(kept).toContain('***')
    for (const word of ['canary', 'bird', 'sk-very', Buffer.from(secret).toString('base64')])
      expect(kept).not.toContain(word)
  })
})

/** One run on a file whose store takes no traces. */
async function runWithoutTraces() {
  const run = { asking: 'in two steps', honoursKey: false } as const
  const { value } = await play({ upstreams: refundUpstreamsOf(run) }, async () => {
    const store = openStore()
    await store.write([])
    new DatabaseSync(storePath).exec(
      `CREATE TRIGGER no_traces BEFORE INSERT ON traces BEGIN SELECT RAISE(ABORT, 'the table is broken'); END`,
    )
    const events: TaskEvent[] = []
    const agent = refundAgent({ ...run, options: { traces: true } })
    const outcome = await agent(refundTask, {
      signal: new AbortController().signal,
      onEvent: (event) => events.push(event),
    })
    return {
      outcome,
      events,
      steps: await openStore().steps.list(refundTask.id),
      kept: await openStore().traces.list(null),
    }
  })
  return value
}

describe('a store that takes no traces', () => {
  it('fails no step, and is told', async () => {
    const { outcome, events, steps, kept } = await runWithoutTraces()
    expect(outcome.stop).toBe('end_turn')
    expect(kept).toEqual([])
    expect(eventsOf(events, 'aside_failed').map(({ step, what }) => [step, what])).toEqual([
      [1, 'trace'],
      [2, 'trace'],
      [3, 'trace'],
    ])
    expect(eventsOf(events, 'aside_failed')[0]?.message).toContain('the table is broken')
    expect(progressions(events).filter((point) => point.endsWith('trace_logged'))).toEqual([])
    expect(eventsOf(events, 'step_ended').map(({ status }) => status)).toEqual(['done', 'done', 'done'])
    expect(steps.map(({ status, progression }) => [status, progression])).toEqual(
      Array(3).fill(['done', 'step_logged']),
    )
  })

  it('and hangs instead holds a step up for a second at most', async () => {
    const store = memoryStore()
    const hanging: AgentStore = {
      ...store,
      write: (changes, options) =>
        changes.some(({ collection }) => collection === 'traces')
          ? new Promise(() => {})
          : store.write(changes, options),
    }
    const { outcome, events, played } = await recorded({
      options: { ...traced, store: hanging },
      primary: asksFor(orderTool),
    })
    expect(outcome.stop).toBe('end_turn')
    expect(eventsOf(events, 'aside_failed').map(({ message }) => message)).toEqual(
      Array(2).fill('The store did not answer within 1000 ms.'),
    )
    expect(played.virtualMs).toBe(1_240 + 2 * 1_000)
  })
})

it('a step whose traces are kept is kept as finished with them', async () => {
  const { events, store } = await recorded({ options: traced, primary: asksFor(orderTool) })
  expect(progressions(events).filter((point) => point.startsWith('1 '))).toEqual(
    ['started', 'reply_received', 'step_logged', 'trace_logged', 'finished'].map((point) => `1 ${point}`),
  )
  expect((await store.steps.list(task.id)).map(({ progression }) => progression)).toEqual(['finished', 'finished'])
})

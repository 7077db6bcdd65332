import { describe, expect, it } from 'vitest'
import { z } from 'zod'
import type { AgentOptions } from '../../../src/agent/agent-options.ts'
import { AgentMemory } from '../../../src/agent/memory/agent-memory.ts'
import { memoryIn } from '../../../src/agent/memory/memory-store.ts'
import { createReferenceAgent } from '../../../src/agent/reference-agent.ts'
import type { AgentStore } from '../../../src/agent/store/agent-store.ts'
import { memoryStore } from '../../../src/agent/store/memory-store.ts'
import { dryRun } from '../../../src/agent/task/dry-run.ts'
import { asks, fails, ok, says } from '../chat-replies.ts'
import { chatStream, message, messageStream } from '../providers/_replies.ts'
import { supportTools } from '../rig.ts'
import { scriptedServer } from '../scripted-server.ts'
import type { Reply } from '../scripted-server.ts'

const task = { id: 'task-1', input: 'Refund A-1001 please' }
const lookUp = asks([{ name: 'look_up_order', args: { orderId: 'A-1001' } }])
const done = says('Done.')
const text = { type: 'text', text: '' }

interface Scene {
  readonly model: readonly Reply[]
  readonly back?: readonly Reply[]
  readonly provider?: 'openai' | 'anthropic'
  readonly options?: Partial<AgentOptions>
}

/** Options whose model and tools are real servers, and what the model was sent. */
async function desk({ model, back = [], provider = 'openai', options }: Scene) {
  const servers = { model: await scriptedServer(model), back: await scriptedServer(back) }
  const { url } = servers.model
  const baseURL = provider === 'openai' ? `${url}/v1` : url
  const whole: AgentOptions = {
    client: { provider, apiKey: 'test-key', baseURL, model: 'm' },
    instructions: 'You help customers.',
    tools: supportTools(servers.back.url),
    retry: { maxAttempts: 1 },
    ...options,
  }
  const run = () => createReferenceAgent(whole)(task, { signal: new AbortController().signal })
  const sent = () => servers.model.seen.map((request): unknown => JSON.parse(request.text))
  return { options: whole, run, sent, servers }
}

/** Everything that a store holds. */
async function contentOf(store: AgentStore): Promise<string> {
  const { runs, steps, messages, blocks, effects } = store
  return JSON.stringify(await Promise.all([runs, steps, messages, blocks, effects].map((port) => port.list(null))))
}

async function remembering(): Promise<Partial<AgentOptions>> {
  const store = memoryStore()
  const block = { owner: 'desk', label: 'user', value: 'Ann', description: '', limitChars: 99, isReadOnly: false }
  await store.write([store.blocks.put({ ...block, position: 0, updatedAtMs: 0 })])
  return { memory: new AgentMemory(memoryIn(store, 'desk')) }
}

describe('a dry run is the request that is sent then, and sends none', () => {
  it.each<[string, Scene]>([
    ['as it is', { model: [done] }],
    ['to Anthropic', { model: [message([{ ...text, text: 'Done.' }], 'end_turn')], provider: 'anthropic' }],
    ['as a stream', { model: [chatStream([{ content: 'Done.' }], 'stop')], options: { stream: true } }],
    [
      'as a stream to Anthropic',
      {
        model: [messageStream([{ start: text, deltas: [{ type: 'text_delta', text: 'Done.' }] }], 'end_turn')],
        provider: 'anthropic',
        options: { stream: true },
      },
    ],
    ['with rules', { model: [done], options: { rules: [{ kind: 'run_first', tool: 'issue_refund' }] } }],
    [
      'with forms',
      {
        model: [says('{"a":1}')],
        options: { strictTools: true, continuation: 'heartbeat', answerFormat: { schema: z.object({ a: z.int() }) } },
      },
    ],
    ['with a context', { model: [done], options: { context: { windowTokens: 4_000, summary: {} } } }],
  ])('%s', async (_case, scene) => {
    const { options, run, sent } = await desk(scene)
    const dry = await dryRun(options, task)
    expect(sent()).toEqual([])
    expect((await run()).stop).toBe('end_turn')
    expect(sent()).toEqual([dry])
  })

  it('with what is remembered', async () => {
    const { options, run, sent } = await desk({ model: [done], options: await remembering() })
    const dry = await dryRun(options, task)
    await run()
    expect(sent()).toEqual([dry])
    expect(JSON.stringify(dry)).toContain('Ann')
  })
})

describe('a dry run of a task in a store', () => {
  it('is the request with which it goes on, and leaves the store as it is', async () => {
    const store = memoryStore()
    const rules: AgentOptions['rules'] = [
      { kind: 'parent_only', tool: 'look_up_order', children: ['issue_refund'] },
      { kind: 'maximum_count', tool: 'look_up_order', count: 1 },
    ]
    const { options, run, sent } = await desk({
      model: [lookUp, fails(503), done],
      back: [ok({ state: 'lost' })],
      options: { store, rules },
    })
    expect((await run()).stop).toBe('llm_api_error')
    const before = await contentOf(store)
    const dry = await dryRun(options, task)
    expect(await contentOf(store)).toBe(before)
    expect(sent()).toHaveLength(2)
    expect((await run()).answer).toBe('Done.')
    expect(sent()[2]).toEqual(dry)
    expect(JSON.stringify(dry)).toContain('lost')
  })

  it('gives up what does not fit, and has nobody sum it up', async () => {
    const another = asks([{ name: 'look_up_order', args: { orderId: 'A-1002' }, id: 'call_2' }])
    const long = ok({ text: 'word '.repeat(800) })
    const { options, run, sent } = await desk({
      model: [lookUp, another, fails(503)],
      back: [long, long],
      options: { store: memoryStore() },
    })
    await run()
    const dry = await dryRun({ ...options, context: { windowTokens: 1_700, summary: { maxTokens: 50 } } }, task)
    expect(JSON.stringify(dry)).not.toContain('call_1')
    expect(JSON.stringify(dry)).toContain('call_2')
    expect(sent()).toHaveLength(3)
  })

  it('is none where the task was answered, or where tools come first', async () => {
    const store = memoryStore()
    const answered = await desk({ model: [done], options: { store } })
    await answered.run()
    expect(await dryRun(answered.options, task)).toBeNull()
    const kept = memoryStore()
    const waiting = await desk({ model: [lookUp], options: { store: kept, policy: { gated: ['look_up_order'] } } })
    expect((await waiting.run()).stop).toBe('requires_approval')
    expect(await dryRun(waiting.options, task)).toBeNull()
  })

  it('begins none in it', async () => {
    const store = memoryStore()
    const { options } = await desk({ model: [], options: { store } })
    expect(await dryRun(options, task)).toMatchObject({ model: 'm' })
    expect(await store.runs.list(null)).toEqual([])
  })

  it('is refused under the id of another task', async () => {
    const { options, run } = await desk({ model: [done], options: { store: memoryStore() } })
    await run()
    await expect(dryRun(options, { ...task, input: 'Something else' })).rejects.toThrow('is that of another task')
  })
})

describe('a dry run that cannot be', () => {
  it('says why there would be no request', async () => {
    const { options } = await desk({ model: [], options: { context: { windowTokens: 100, summary: {} } } })
    await expect(dryRun(options, task)).rejects.toMatchObject({ stop: 'context_window_exceeded' })
  })

  it('names the option that is wrong', async () => {
    const { options } = await desk({ model: [] })
    await expect(dryRun({ ...options, maxSteps: 0 }, task)).rejects.toThrow(/option "maxSteps" is wrong/)
  })
})

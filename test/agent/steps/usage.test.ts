import { eventsOf, handOver, recorded, task } from './_recorded.ts'
import { describe, expect, it } from 'vitest'
import type { AgentOptions } from '../../../src/agent/agent-options.ts'
import { memoryStore } from '../../../src/agent/store/memory-store.ts'
import { createReferenceAgent } from '../../../src/agent/reference-agent.ts'
import { openAiChat } from '../../../src/wire/openai/openai-chat.ts'
import { isReply } from '../../../src/wire/reply.ts'
import type { BodyChunk, Reply } from '../../../src/wire/reply.ts'
import type { Upstream } from '../../../src/wire/upstream.ts'
import { play } from '../../wire/_play.ts'
import { asksFor, failing, orderTool, simplified } from '../_desk.ts'
import { isForSummary, longTalk } from '../memory/_long-talk.ts'
import type { TaskEvent } from '../../../src/agent/events/task-event.ts'

const client = { name: 'primary', apiKey: 'key', baseURL: 'https://api.openai.com/v1', model: 'large' } as const
const toldClient = { ...client, streamUsage: true }
const toldStreams: Partial<AgentOptions> = { stream: true, client: toldClient }

/** What each request said of streaming. */
function streamOptionsIn({ played }: Awaited<ReturnType<typeof recorded>>): unknown[] {
  return played.events.flatMap((event) => {
    if (event.type !== 'request.sent' || event.upstream !== 'primary') return []
    return [(JSON.parse(event.body) as { stream_options?: unknown }).stream_options]
  })
}

const usagesIn = ({ events }: Awaited<ReturnType<typeof recorded>>) =>
  eventsOf(events, 'reply').map(({ usage }) => usage)

describe('the usage of a streamed reply', () => {
  it('of OpenAI is not asked for unless that is wanted, and estimated', async () => {
    const ran = await recorded({ options: { stream: true } })
    expect(streamOptionsIn(ran)).toEqual([undefined])
    expect(usagesIn(ran)).toMatchObject([{ isEstimated: true, cachedInputTokens: null }])
    expect(usagesIn(ran)[0]?.inputTokens).toBeGreaterThan(10)
    expect(ran.events.at(-1)).toMatchObject({ usage: { repliesEstimated: 1 } })
  })

  it('of OpenAI is that of its last chunk where it is asked for', async () => {
    const whole = await recorded({ primary: asksFor(orderTool) })
    const streamed = await recorded({ options: toldStreams, primary: asksFor(orderTool) })
    expect(streamOptionsIn(streamed)).toEqual([{ include_usage: true }, { include_usage: true }])
    expect(usagesIn(streamed)).toEqual(usagesIn(whole))
    expect(usagesIn(streamed)).toMatchObject([{ isEstimated: false }, { isEstimated: false }])
  })

  it('of Anthropic is told unasked', async () => {
    const ran = await recorded({ provider: 'anthropic', options: { stream: true } })
    expect(usagesIn(ran)).toMatchObject([{ isEstimated: false }])
  })
})

const bytes = (text: string): Uint8Array => new TextEncoder().encode(text)

/** What comes behind the finish reason instead of usage and [DONE]. */
type Behind = Pick<Reply, 'ending'> & { readonly frames?: readonly BodyChunk[] }

/** An agent whose model answers in a stream that goes on like this once its reply is whole. */
async function answeredWith({ frames = [], ...ending }: Behind, options: Partial<AgentOptions> = {}, caller = signal) {
  const whole = openAiChat({ name: 'primary', script: () => ({ content: 'Whole.' }) })
  const primary: Upstream = {
    ...whole,
    async handle(request, view, context) {
      const answer = await whole.handle(request, view, context)
      if (!isReply(answer) || typeof answer.body === 'string') return answer
      return { ...answer, body: [...answer.body.slice(0, -2), ...frames], ...ending }
    },
  }
  const played = await play({ upstreams: [primary] }, async () => {
    const agent = createReferenceAgent({ ...toldStreams, client: toldClient, instructions: 'Be kind.', ...options })
    return handOver(agent, caller)
  })
  return { ...played.value, tookMs: played.virtualMs }
}

const signal = new AbortController().signal
/** Head, role, two pieces and the finish reason. */
const wholeMs = 600 + 3 * 15

describe('a reply whose usage was asked for and does not come', () => {
  const errorFrame = bytes('data: {"error":{"message":"Overloaded.","type":"server_error","code":null}}\n\n')
  const cases: [string, Behind, number][] = [
    ['ends', {}, 0],
    ['is cut', { ending: { failure: 'ECONNRESET', message: 'read ECONNRESET' } }, 0],
    ['falls silent', { ending: { silence: true } }, 1_000],
    ['brings an error', { frames: [{ afterMs: 0, bytes: errorFrame }] }, 0],
    ['brings nonsense', { frames: [{ afterMs: 0, bytes: bytes('data: {"choices":0}\n\n') }] }, 0],
    ['has its usage too late', { frames: [{ afterMs: 1_500, bytes: bytes('data: [DONE]\n\n') }] }, 1_000],
  ]

  it.each(cases)('since the stream %s, is there all the same', async (_how, behind, waitedMs) => {
    const store = memoryStore()
    const { outcome, events, tookMs } = await answeredWith(behind, { store, traces: true, retry: { maxAttempts: 1 } })
    expect(await store.traces.list(task.id)).toMatchObject([{ response: { content: 'Whole.' }, error: null }])
    expect(outcome).toEqual({ answer: 'Whole.', stop: 'end_turn' })
    expect(eventsOf(events, 'reply').map(({ usage }) => usage.isEstimated)).toEqual([true])
    expect(tookMs - waitedMs).toBeLessThanOrEqual(wholeMs + 5)
    expect(tookMs - waitedMs).toBeGreaterThanOrEqual(wholeMs - 15)
  })

  it.each([{ modelMs: wholeMs + 200 }, { idleMs: 200 }])('is not lost to the limit %o', async (timeouts) => {
    const { outcome, tookMs } = await answeredWith(
      { ending: { silence: true } },
      { timeouts, retry: { maxAttempts: 1 } },
    )
    expect(outcome).toEqual({ answer: 'Whole.', stop: 'end_turn' })
    expect(tookMs).toBeLessThanOrEqual(wholeMs + 205)
  })

  it('is not taken of a task that its caller cancelled', async () => {
    const caller = new AbortController()
    const cancellation = {
      isCancelled: async () => {
        setTimeout(() => caller.abort(), wholeMs + 200)
        return Promise.resolve(false)
      },
    }
    const { outcome } = await answeredWith({ ending: { silence: true } }, { cancellation }, caller.signal)
    expect(outcome.stop).toBe('cancelled')
  })
})

describe('the usage of a run', () => {
  it('is that of all its handings-over, step by step, and of a fallback', async () => {
    const { events, store } = await recorded({ primary: asksFor(orderTool) })
    const [first, second] = eventsOf(events, 'step_ended').map(({ usage }) => usage)
    const run = await store.runs.get(task.id)
    expect(run?.usage?.inputTokens).toBe((first?.inputTokens ?? 0) + (second?.inputTokens ?? 0))
    expect(first?.inputTokens).toBeGreaterThan(0)
    expect((await store.steps.list(task.id)).map(({ cost }) => cost?.usage)).toEqual([first, second])
    const failed = await recorded({ options: { fallback: { sources: [simplified] } }, faults: [failing(1)] })
    const total = (await failed.store.runs.get(task.id))?.usage
    expect(total?.outputTokens).toBeGreaterThan(0)
    expect(eventsOf(failed.events, 'step_ended')).toMatchObject([{ usage: { outputTokens: 0 } }])
  })
})

it('the tokens of summaries are paid for, and their pieces are none of the answer', async () => {
  const events: TaskEvent[] = []
  const context = { windowTokens: 2_500, compactAtShare: 0.6, summary: { maxTokens: 100 } }
  const observer = { hear: (event: TaskEvent) => void events.push(event) }
  const talk = await longTalk({ windowTokens: 2_500, options: { context, observer, stream: true } })
  expect(talk.turns.some(isForSummary)).toBe(true)
  const text = eventsOf(events, 'delta').map(({ delta }) => (delta.kind === 'text' ? delta.text : ''))
  expect(text.join('')).toBe('I have read it all.')
  const told = eventsOf(events, 'reply').reduce((sum, { usage }) => sum + usage.inputTokens, 0)
  expect(eventsOf(events, 'ended')[0]?.usage.inputTokens).toBeGreaterThan(told)
})

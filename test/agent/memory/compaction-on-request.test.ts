import { describe, expect, it } from 'vitest'
import { parseAgentOptions } from '../../../src/agent/agent-options.ts'
import type { AgentOptions } from '../../../src/agent/agent-options.ts'
import { defaultParts } from '../../../src/agent/agent-parts.ts'
import { compactOnRequest } from '../../../src/agent/memory/compaction-on-request.ts'
import type { Conversation } from '../../../src/agent/messages/conversation.ts'
import { openSharedState } from '../../../src/agent/task/shared-state.ts'
import { startRun } from '../../../src/agent/task/start-run.ts'
import type { TaskRun } from '../../../src/agent/task/task-run.ts'
import { openAiChat } from '../../../src/wire/openai/openai-chat.ts'
import { play, rejection } from '../../wire/_play.ts'
import { failing } from '../_desk.ts'

const client = { name: 'primary', apiKey: 'key', baseURL: 'https://api.openai.com/v1', model: 'large' }

function runWith(options: Partial<AgentOptions>, signal = new AbortController().signal): TaskRun {
  const settings = parseAgentOptions({ client, instructions: 'Be kind.', retry: { maxAttempts: 1 }, ...options })
  const shared = openSharedState(settings, defaultParts)
  return startRun({ id: 'task-1', input: 'Sum up.' }, { settings, parts: defaultParts, shared }, { signal })
}

const talk: Conversation = [
  { role: 'system', content: 'Be kind.' },
  {
    role: 'user',
    content: 'I am Ann, and I like tea, green or black, with nothing in it, in the morning and at night.',
  },
  { role: 'assistant', content: 'Good to know.'.repeat(10), calls: [], reasoning: [] },
  { role: 'user', content: 'What do I like?' },
]
const context = { windowTokens: 100_000, evictShare: 0.6 }

describe('summing a conversation up when asked to', () => {
  const upstreams = () => [openAiChat({ name: 'primary', script: () => ({ content: 'Ann likes tea.' }) })]

  it('puts a summary in the place of what goes, however short the conversation is', async () => {
    const { value } = await play({ upstreams: upstreams() }, () => compactOnRequest(talk, runWith({ context })))
    expect(value).toMatchObject({ kind: 'summarized', summary: 'Ann likes tea.', evicted: 2 })
    const conversation = value.kind === 'summarized' ? value.conversation : []
    expect(conversation.map(({ role }) => role)).toEqual(['system', 'user', 'user'])
    expect(conversation.at(-1)).toEqual(talk.at(-1))
  })

  it('gives nothing up where the model fails', async () => {
    const scene = { upstreams: upstreams(), faults: [failing(1)] }
    const { value } = await play(scene, () => compactOnRequest(talk, runWith({ context })))
    expect(value).toEqual({ kind: 'no_summary', failure: 'server' })
  })

  it('does nothing where nothing can go', async () => {
    const short = [...talk.slice(0, 1), ...talk.slice(3)]
    const { value, events } = await play({ upstreams: upstreams() }, () =>
      compactOnRequest(short, runWith({ context })),
    )
    expect(value).toEqual({ kind: 'nothing_to_give_up' })
    expect(events.some(({ type }) => type === 'request.sent')).toBe(false)
  })

  it('is interrupted with its task', async () => {
    const { value } = await play({ upstreams: upstreams() }, () => {
      const caller = new AbortController()
      setTimeout(() => caller.abort(), 100)
      return rejection(compactOnRequest(talk, runWith({ context }, caller.signal)))
    })
    expect(value.name).toBe('CancelledError')
  })

  it('says so where the agent has no context to keep', async () => {
    await expect(compactOnRequest(talk, runWith({}))).rejects.toThrow('option "context"')
  })
})

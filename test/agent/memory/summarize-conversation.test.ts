import { describe, expect, it } from 'vitest'
import { parseAgentOptions } from '../../../src/agent/agent-options.ts'
import type { AgentOptions } from '../../../src/agent/agent-options.ts'
import { defaultParts } from '../../../src/agent/agent-parts.ts'
import { summarizeConversation } from '../../../src/agent/memory/summarize-conversation.ts'
import type { Conversation } from '../../../src/agent/messages/conversation.ts'
import { openSharedState } from '../../../src/agent/task/shared-state.ts'
import { TaskLog } from '../../../src/agent/task/task-log.ts'
import type { TaskRun } from '../../../src/agent/task/task-run.ts'
import { openPersistence } from '../../../src/agent/store/persistence.ts'
import { openAiChat } from '../../../src/wire/openai/openai-chat.ts'
import { play, rejection } from '../../wire/_play.ts'
import { failing } from '../_desk.ts'

const client = { name: 'primary', apiKey: 'key', baseURL: 'https://api.openai.com/v1', model: 'large' }

function runWith(options: Partial<AgentOptions>, signal = new AbortController().signal): TaskRun {
  const settings = parseAgentOptions({ client, instructions: 'Be kind.', retry: { maxAttempts: 1 }, ...options })
  const task = { id: 'task-1', input: 'Sum up.' }
  return {
    ...{
      task,
      signal,
      endsAtMs: Infinity,
      settings,
      parts: defaultParts,
      shared: openSharedState(settings, defaultParts),
    },
    ...{
      ...openPersistence(settings, task),
      step: 0,
      denied: new Map<string, string | null>(),
      log: new TaskLog(),
      tell: () => {},
    },
  }
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
    const { value } = await play({ upstreams: upstreams() }, () => summarizeConversation(talk, runWith({ context })))
    expect(value?.summary).toBe('Ann likes tea.')
    expect(value?.evicted).toEqual(talk.slice(1, 3))
    expect(value?.conversation.map(({ role }) => role)).toEqual(['system', 'user', 'user'])
    expect(value?.conversation.at(-1)).toEqual(talk.at(-1))
  })

  it('gives the messages up without one where the model fails', async () => {
    const scene = { upstreams: upstreams(), faults: [failing(1)] }
    const { value } = await play(scene, () => summarizeConversation(talk, runWith({ context })))
    expect(value).toEqual({ conversation: [talk[0], talk[3]], evicted: talk.slice(1, 3), summary: null })
  })

  it('does nothing where nothing can go', async () => {
    const short = [...talk.slice(0, 1), ...talk.slice(3)]
    const { value, events } = await play({ upstreams: upstreams() }, () =>
      summarizeConversation(short, runWith({ context })),
    )
    expect(value).toBeNull()
    expect(events.some(({ type }) => type === 'request.sent')).toBe(false)
  })

  it('is interrupted with its task', async () => {
    const { value } = await play({ upstreams: upstreams() }, () => {
      const caller = new AbortController()
      setTimeout(() => caller.abort(), 100)
      return rejection(summarizeConversation(talk, runWith({ context }, caller.signal)))
    })
    expect(value.name).toBe('CancelledError')
  })

  it('says so where the agent has no context to keep', async () => {
    await expect(summarizeConversation(talk, runWith({}))).rejects.toThrow('option "context"')
  })
})

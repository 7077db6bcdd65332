import fc from 'fast-check'
import { countTokens } from 'gpt-tokenizer/encoding/o200k_base'
import { describe, expect, it } from 'vitest'
import { textTokens } from '../../../src/agent/memory/text-tokens.ts'
import { openAiTokens, tokenCounterFor } from '../../../src/agent/memory/token-counter.ts'
import { usageOf } from '../../../src/agent/memory/usage-estimate.ts'
import type { Conversation } from '../../../src/agent/messages/conversation.ts'
import { anthropicProvider } from '../../../src/agent/providers/anthropic/anthropic-provider.ts'
import { openAiProvider } from '../../../src/agent/providers/openai/openai-provider.ts'
import type { ModelReply } from '../../../src/agent/providers/model-reply.ts'
import type { ModelRequest } from '../../../src/agent/providers/provider.ts'
import { dropCutStream } from '../../../src/agent/providers/provider.ts'
import { anthropicMessages } from '../../../src/wire/anthropic/anthropic-messages.ts'
import { openAiChat } from '../../../src/wire/openai/openai-chat.ts'
import { play } from '../../wire/_play.ts'
import { conversations } from './_conversations.ts'

const lookUp = {
  name: 'look_up',
  description: 'Looks an order up.',
  jsonSchema: { type: 'object', properties: { id: { type: 'string' } }, required: ['id'] },
}
const asked: ModelRequest = {
  model: 'gpt-5',
  messages: [
    { role: 'system', content: 'You work at a desk. <|endoftext|>' },
    { role: 'user', content: 'Where is A-1?' },
    {
      role: 'assistant',
      content: null,
      calls: [{ id: 'c1', name: 'look_up', argumentsText: '{"id":"A-1"}' }],
      reasoning: [],
    },
    { role: 'tool', callId: 'c1', content: '{"status":"sent"}' },
  ],
  tools: [lookUp],
  toolChoice: 'auto',
  maxOutputTokens: 100,
}

/** The reply to a request, with the usage that the endpoint tells. */
async function replyTo(request: ModelRequest, provider: 'openai' | 'anthropic'): Promise<ModelReply> {
  const script = [{ content: 'It is on its way.' }]
  const { value } = await play({ upstreams: [openAiChat({ script }), anthropicMessages({ script })] }, async () => {
    const open = provider === 'openai' ? openAiProvider : anthropicProvider
    const baseURL = provider === 'openai' ? 'https://api.openai.com/v1' : 'https://api.anthropic.com'
    const { signal } = new AbortController()
    const prepared = open({ apiKey: 'key', baseURL }).prepare(request)
    return (
      await prepared.send({
        signal,
        headersMs: 10_000,
        stream: false,
        firstTokenMs: undefined,
        idleMs: undefined,
        onCut: dropCutStream,
      })
    )()
  })
  return value
}

/** Whether the last message is not sent to Anthropic: an empty system prompt, or empty words in a turn under way. */
function addsNothing(messages: Conversation): boolean {
  const [before, last] = messages.slice(-2)
  return last?.role === 'assistant' && before?.role === 'assistant' && !last.content && last.calls.length === 0
}

describe('counting tokens', () => {
  it('counts a request as the OpenAI endpoint does', async () => {
    const { usage } = await replyTo(asked, 'openai')
    expect(openAiTokens.request(asked)).toBe(usage?.inputTokens)
  })

  it('counts no less for Anthropic than its endpoint does, and says that it estimates', async () => {
    const counter = tokenCounterFor('anthropic')
    const { usage } = await replyTo(asked, 'anthropic')
    expect(counter.basis).toBe('upper_estimate')
    expect(counter.request(asked)).toBeGreaterThan(usage?.inputTokens ?? Infinity)
  })

  it('keeps free what the request asks for, also where the agent must ask for something', () => {
    const open = { ...asked, maxOutputTokens: null }
    expect([asked, open].map((request) => openAiTokens.reserved(request))).toEqual([100, 0])
    expect([asked, open].map((request) => tokenCounterFor('anthropic').reserved(request))).toEqual([100, 4_096])
  })

  it('counts texts as the encoder does, in time that hostile ones do not stretch', () => {
    fc.assert(
      fc.property(fc.string({ maxLength: 300, unit: 'binary' }), (text) => {
        expect(textTokens(text)).toBe(countTokens(text, { disallowedSpecial: new Set() }))
      }),
    )
    const [prose, emoji] = ['It is on its way. '.repeat(1_000), `x${'😀'.repeat(4_000)}`]
    for (const text of [prose, emoji]) {
      const exact = countTokens(text, { disallowedSpecial: new Set() })
      expect(textTokens(text)).toBeGreaterThanOrEqual(exact)
      expect(textTokens(text)).toBeLessThanOrEqual(exact + (2 * text.length) / 4_000)
    }
  })

  it('counts what each message adds, so that leaving one out always makes a request smaller', () => {
    fc.assert(
      fc.property(conversations, fc.constantFrom('openai' as const, 'anthropic' as const), (messages, provider) => {
        const counter = tokenCounterFor(provider)
        const shorter = { ...asked, messages: messages.slice(0, -1) }
        fc.pre(!(provider === 'anthropic' && addsNothing(messages)))
        expect(counter.request({ ...asked, messages })).toBeGreaterThan(counter.request(shorter))
      }),
    )
  })
})

describe('the usage of a reply', () => {
  it('is what the provider told, or else an estimate that says so', async () => {
    const reply = await replyTo(asked, 'openai')
    expect(usageOf(asked, reply, openAiTokens)).toEqual({ ...reply.usage, isEstimated: false })
    const silent = { ...reply, usage: null }
    expect(usageOf(asked, silent, openAiTokens)).toMatchObject({
      inputTokens: reply.usage?.inputTokens,
      outputTokens: reply.usage?.outputTokens,
      cachedInputTokens: null,
      isEstimated: true,
    })
  })

  it('counts the calls that a reply asks for', async () => {
    const reply = { ...(await replyTo(asked, 'openai')), usage: null }
    const call = { id: 'c2', name: 'look_up', argumentsText: '{"id":"A-2"}' }
    expect(usageOf(asked, { ...reply, calls: [call] }, openAiTokens).outputTokens).toBeGreaterThan(
      usageOf(asked, reply, openAiTokens).outputTokens,
    )
  })
})

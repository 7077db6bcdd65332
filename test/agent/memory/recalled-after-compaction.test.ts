import { openStore, storeFile } from '../store/_store.ts'
import { describe, expect, it } from 'vitest'
import { z } from 'zod'
import { AgentMemory } from '../../../src/agent/memory/agent-memory.ts'
import { memoryIn } from '../../../src/agent/memory/memory-store.ts'
import { memoryTools } from '../../../src/agent/memory/memory-tools.ts'
import { withMemory } from '../../../src/agent/memory/memory-part.ts'
import type { Conversation } from '../../../src/agent/messages/conversation.ts'
import { createReferenceAgent } from '../../../src/agent/reference-agent.ts'
import { defineTool } from '../../../src/agent/tools/tool.ts'
import type { ModelTurn, ScriptedReply } from '../../../src/wire/model-script.ts'
import { openAiChat } from '../../../src/wire/openai/openai-chat.ts'
import { play } from '../../wire/_play.ts'
import { isForSummary } from './_long-talk.ts'

const readPage = defineTool({
  name: 'read_page',
  description: 'Reads a page.',
  parameters: z.object({ page: z.int() }),
  effectful: false,
  execute: async ({ page }) => Promise.resolve(`Page ${page}: ${'once upon a time '.repeat(50)}`),
})

describe('a run whose older messages have left its context', () => {
  it('finds them by recall, and counts as earlier what is not shown', async () => {
    const turns: ModelTurn[] = []
    const script = (turn: ModelTurn): ScriptedReply => {
      if (isForSummary(turn)) return { content: 'Pages were read.' }
      turns.push(turn)
      const n = turns.length
      if (n <= 6) return { content: `Now number${n}.`, toolCalls: [{ name: 'read_page', arguments: { page: n } }] }
      if (n === 7) return { toolCalls: [{ name: 'recall_search', arguments: { text: 'number1' } }] }
      return { content: 'It was the first.' }
    }
    const { value } = await play({ upstreams: [storeFile(), openAiChat({ name: 'primary', script })] }, async () => {
      const store = openStore()
      const memory = new AgentMemory(memoryIn(store, 'Ann'))
      const agent = createReferenceAgent({
        client: { name: 'primary', apiKey: 'key', model: 'large', baseURL: 'https://api.openai.com/v1' },
        ...{ instructions: 'You read pages.', tools: [readPage, ...memoryTools(memory)], memory, store },
        context: { windowTokens: 2_000, compactAtShare: 0.8, summary: { maxTokens: 50 } },
      })
      const task = { id: 'now', input: 'Which page was it?', user: 'Ann' }
      const outcome = await agent(task, { signal: new AbortController().signal })
      await store.close()
      return outcome
    })
    expect(value).toEqual({ answer: 'It was the first.', stop: 'end_turn' })
    const shown = turns.map(({ messages }) => messages.filter(({ text }) => text.startsWith('Now number')).length)
    const earlier = turns.map(({ messages }) => Number(/(\d+) earlier message/.exec(messages[0]?.text ?? '')?.[1]))
    expect(earlier[0]).toBe(0)
    expect(shown.at(-1)).toBeLessThan(6)
    // What this step gave up is kept with its reply, so that the next prompt counts it.
    expect(earlier.at(-1)).toBe(6 - (shown.at(-2) ?? 0))
    const found = turns.at(-1)?.messages.findLast(({ role }) => role === 'tool')?.text ?? ''
    expect(JSON.parse(found)).toMatchObject({ total: 1, messages: [{ role: 'assistant', text: 'Now number1.' }] })
  })
})

describe('the memory part of a conversation', () => {
  const talk: Conversation = [
    { role: 'system', content: 'Be kind.' },
    { role: 'user', content: 'Hello.' },
  ]

  it('is put behind the instructions, and is the same conversation where nothing has changed', () => {
    const remembering = withMemory(talk, 'Be kind.', 'Ann.')
    expect(remembering).toEqual([{ role: 'system', content: 'Be kind.\n\nAnn.' }, talk[1]])
    expect(withMemory(remembering, 'Be kind.', 'Ann.')).toBe(remembering)
    expect(withMemory(remembering, 'Be kind.', 'Bob.')[0]?.content).toBe('Be kind.\n\nBob.')
  })
})

import { openStore, storeFile } from '../store/_store.ts'
import { expect, it } from 'vitest'
import { AgentMemory } from '../../../src/agent/memory/agent-memory.ts'
import { memoryIn } from '../../../src/agent/memory/memory-store.ts'
import { memoryTools } from '../../../src/agent/memory/memory-tools.ts'
import { createReferenceAgent } from '../../../src/agent/reference-agent.ts'
import type { ModelTurn, ScriptedReply } from '../../../src/wire/model-script.ts'
import { openAiChat } from '../../../src/wire/openai/openai-chat.ts'
import { play } from '../../wire/_play.ts'

it('a task begins with prompt, memory and its own words, and can recall what was said in an earlier one', async () => {
  const turns: ModelTurn[] = []
  const replies: ScriptedReply[] = [
    { content: 'Noted: the cat is called Mimi.' },
    { toolCalls: [{ name: 'recall_search', arguments: { text: 'cat' } }] },
    { content: 'Mimi.' },
  ]
  const script = (turn: ModelTurn): ScriptedReply => {
    turns.push(turn)
    return replies[turns.length - 1] ?? { content: '' }
  }
  await play({ upstreams: [storeFile(), openAiChat({ name: 'primary', script })] }, async () => {
    const store = openStore()
    const memory = new AgentMemory(memoryIn(store, 'Ann'))
    const agent = createReferenceAgent({
      client: { name: 'primary', apiKey: 'key', model: 'large', baseURL: 'https://api.openai.com/v1' },
      ...{ instructions: 'You talk.', tools: memoryTools(memory), memory, store },
    })
    const { signal } = new AbortController()
    await agent({ id: 'one', input: 'My cat is called Mimi.', user: 'Ann' }, { signal })
    await agent({ id: 'two', input: 'What is she called?', user: 'Ann' }, { signal })
    await store.close()
  })
  const spoken = turns.map(({ messages }) => messages.slice(1).map(({ text }) => text))
  expect(spoken[1]).toEqual(['What is she called?'])
  expect(turns[1]?.messages[0]?.text).toContain('2 earlier messages')
  const found = JSON.parse(spoken[2]?.at(-1) ?? '{}')
  expect(found.messages.map(({ text }: { text: string }) => text)).toEqual(
    expect.arrayContaining(['My cat is called Mimi.', 'Noted: the cat is called Mimi.']),
  )
})

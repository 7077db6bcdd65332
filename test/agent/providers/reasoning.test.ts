import { describe, expect, it } from 'vitest'
import type { AgentOptions } from '../../../src/agent/agent-options.ts'
import { streamTask } from '../../../src/agent/events/stream-task.ts'
import type { TaskEvent } from '../../../src/agent/events/task-event.ts'
import { createReferenceAgent } from '../../../src/agent/reference-agent.ts'
import { ok, says } from '../chat-replies.ts'
import { supportTools } from '../rig.ts'
import { scriptedServer } from '../scripted-server.ts'
import type { Reply } from '../scripted-server.ts'
import { chatCalls, chatStream, message, messageStream } from './_replies.ts'

type Mode = NonNullable<AgentOptions['reasoning']>

const args = { orderId: 'A-1001' }
const thought = { type: 'thinking', thinking: 'An order number.', signature: 'c2lnbmVk' }
const hidden = { type: 'redacted_thinking', data: 'ZW5jcnlwdGVk' }
const toolUse = { type: 'tool_use', id: 'toolu_1', name: 'look_up_order', input: args }
const called = { name: 'look_up_order', arguments: JSON.stringify(args) }

const anthropic = [message([thought, hidden, toolUse]), message([{ type: 'text', text: 'Done.' }], 'end_turn')]
const anthropicStream = [
  messageStream(
    [
      {
        start: { type: 'thinking', thinking: '', signature: '' },
        deltas: [
          { type: 'thinking_delta', thinking: 'An order ' },
          { type: 'thinking_delta', thinking: 'number.' },
          { type: 'signature_delta', signature: 'c2lnbmVk' },
        ],
      },
      { start: hidden, deltas: [] },
      {
        start: { ...toolUse, input: {} },
        deltas: [{ type: 'input_json_delta', partial_json: JSON.stringify(args) }],
      },
    ],
    'tool_use',
  ),
  messageStream([{ start: { type: 'text', text: '' }, deltas: [{ type: 'text_delta', text: 'Done.' }] }], 'end_turn'),
]
const openai = [thinkingAloud(chatCalls([{ id: 'x', type: 'function', function: called }])), says('Done.')]
const openaiStream = [
  chatStream(
    [
      { reasoning_content: 'An order ' },
      { reasoning_content: 'number.' },
      { tool_calls: [{ index: 0, id: 'x', function: called }] },
    ],
    'tool_calls',
  ),
  chatStream([{ content: 'Done.' }], 'stop'),
]

/** As compatible services show their reasoning. */
function thinkingAloud(reply: Reply): Reply {
  if (typeof reply === 'string') return reply
  const body = JSON.parse(reply.body)
  body.choices[0].message.reasoning_content = 'An order number.'
  return { ...reply, body: JSON.stringify(body) }
}

/** What a task tells of its model's reasoning, and what it sends back of it. */
async function run(reasoning: Mode, replies: readonly Reply[], provider: 'openai' | 'anthropic', stream = false) {
  const model = await scriptedServer(replies)
  const back = await scriptedServer([ok({})])
  const agent = createReferenceAgent({
    client: { provider, apiKey: 'key', baseURL: provider === 'openai' ? `${model.url}/v1` : model.url, model: 'm' },
    instructions: 'You help customers.',
    tools: supportTools(back.url),
    stream,
    reasoning,
  })
  const events: TaskEvent[] = []
  for await (const event of streamTask(agent, { id: 'task-1', input: 'Where is A-1001?' })) events.push(event)
  expect(events.at(-1)).toMatchObject({ outcome: { answer: 'Done.', stop: 'end_turn' } })
  const sent = JSON.parse(model.seen[1]?.text ?? '{}').messages
  return {
    told: events.flatMap((event) => (event.type === 'reply' ? [event.reasoning] : []))[0],
    pieces: events.flatMap((event) =>
      event.type === 'delta' && event.delta.kind === 'reasoning' ? [event.delta.text] : [],
    ),
    content: sent[1].content,
    sent: JSON.stringify(sent),
  }
}

const whole = { kind: 'text', text: 'An order number.', signature: 'c2lnbmVk' }
const sealed = { kind: 'redacted', data: 'ZW5jcnlwdGVk' }
const blank = { kind: 'redacted', data: '' }

describe.each([
  ['whole', anthropic, false],
  ['streamed', anthropicStream, true],
] as const)("Anthropic's reasoning, %s", (_form, replies, stream) => {
  it.each<[Mode, object[]]>([
    ['keep', [whole, sealed]],
    ['redact', [blank, blank]],
    ['omit', []],
  ])('%s: is told so, and sent back as it came', async (mode, told) => {
    const ran = await run(mode, replies, 'anthropic', stream)
    expect(ran.told).toEqual(told)
    expect(ran.pieces.join('')).toBe(stream && mode === 'keep' ? 'An order number.' : '')
    expect(ran.content).toEqual([thought, hidden, toolUse])
  })

  it('scrub: is neither told nor sent back', async () => {
    const ran = await run('scrub', replies, 'anthropic', stream)
    expect(ran.told).toEqual([])
    expect(ran.pieces).toEqual([])
    expect(ran.content).toEqual([toolUse])
  })
})

describe.each([
  ['whole', openai, false],
  ['streamed', openaiStream, true],
] as const)('the reasoning of a service that speaks as OpenAI, %s', (_form, replies, stream) => {
  it.each<[Mode, object[]]>([
    ['keep', [{ kind: 'text', text: 'An order number.', signature: null }]],
    ['redact', [blank]],
    ['omit', []],
    ['scrub', []],
  ])('%s: is told so, and never sent back', async (mode, told) => {
    const ran = await run(mode, replies, 'openai', stream)
    expect(ran.told).toEqual(told)
    expect(ran.pieces.join('')).toBe(stream && mode === 'keep' ? 'An order number.' : '')
    expect(ran.sent).not.toContain('An order number')
  })
})

import { expect, it } from 'vitest'
import { z } from 'zod'
import { httpTool } from '../../../src/agent/tools/http-tool.ts'
import { defineTool } from '../../../src/agent/tools/tool.ts'
import { asks, says } from '../chat-replies.ts'
import { asksFor, atTheDesk, orderTool } from '../_desk.ts'
import { runAgent } from '../rig.ts'
import { otel } from './_otel.ts'

const secret = 'hunter2-hunter2'

/** All that is told of a task, as one text. */
async function told(
  recordContent: boolean,
  content: string,
  options: Parameters<typeof atTheDesk>[0]['options'] = {},
): Promise<string> {
  const sdk = otel()
  const observer = sdk.telemetry({ recordContent })
  await atTheDesk(
    { primary: () => ({ content }), options: { observer, policy: { secrets: [secret] }, ...options } },
    (ask) => ask({ input: `My word is ${content}.` }),
  )
  return JSON.stringify(await sdk.spans())
}

it('words of people and models are not told unless that is asked for', async () => {
  expect(await told(false, 'Marigold')).not.toMatch(/Marigold|You work at a desk/)
  const spans = await told(true, 'Marigold')
  expect(spans).toContain('You work at a desk')
  expect(spans.match(/Marigold/g)).toHaveLength(2)
})

it('words are told in the form of the conventions', async () => {
  const sdk = otel()
  const observer = sdk.telemetry({ recordContent: true })
  await atTheDesk({ primary: asksFor(orderTool), options: { observer } }, (ask) => ask())
  const spans = await sdk.spans()
  const [first, second] = spans.filter(({ name }) => name === 'chat large').map(({ attributes }) => attributes)
  const json = (value: unknown): unknown => JSON.parse(String(value))
  expect(json(first?.['gen_ai.system_instructions'])).toEqual([{ type: 'text', content: 'You work at a desk.' }])
  expect(json(first?.['gen_ai.input.messages'])).toEqual([
    { role: 'user', parts: [{ type: 'text', content: 'When are you open?' }] },
  ])
  const call = { type: 'tool_call', id: expect.any(String), name: orderTool, arguments: '{"id":"A-1"}' }
  expect(json(first?.['gen_ai.output.messages'])).toEqual([
    { role: 'assistant', parts: [call], finish_reason: 'tool_calls' },
  ])
  expect(json(second?.['gen_ai.input.messages'])).toEqual([
    { role: 'user', parts: [{ type: 'text', content: 'When are you open?' }] },
    { role: 'assistant', parts: [call] },
    { role: 'tool', parts: [{ type: 'tool_call_response', id: expect.any(String), response: '{}' }] },
  ])
  expect(spans.find(({ name }) => name.startsWith('execute_tool'))?.attributes).toMatchObject({
    'gen_ai.tool.call.arguments': '{"id":"A-1"}',
    'gen_ai.tool.call.result': '{}',
  })
})

it.each([secret, Buffer.from(secret).toString('base64'), encodeURIComponent(secret)])(
  'a text with a secret in it (%s) is withheld, also where words are asked for',
  async (form) => {
    const spans = await told(true, `It is ${form}`)
    expect(spans).not.toContain(form)
    expect(spans).toContain('[withheld: it holds a secret]')
  },
)

it('the key of the model is a secret', async () => {
  const client = { name: 'primary', apiKey: 'sk-very-secret', baseURL: 'https://api.openai.com/v1', model: 'large' }
  expect(await told(true, 'Key: sk-very-secret', { client })).not.toContain('sk-very-secret')
})

it('what tools are given and bring is searched for secrets too', async () => {
  const sdk = otel()
  const echo = defineTool({
    ...{ name: 'echo', description: 'Echoes.', effectful: false, parameters: z.object({ text: z.string() }) },
    execute: async () => `The word is ${secret}.`,
  })
  await runAgent({
    model: [asks([{ name: 'echo', args: { text: 'Say it.' } }]), says('Done.')],
    tools: [echo],
    options: { observer: sdk.telemetry({ recordContent: true }), policy: { secrets: [secret] } },
  })
  const spans = await sdk.spans()
  expect(spans.some(({ name }) => name === 'execute_tool echo')).toBe(true)
  expect(JSON.stringify(spans)).not.toContain(secret)
})

it('words of a protocol that are none of it are cut, and searched for secrets', async () => {
  for (const finish of ['x'.repeat(10_000), `stop ${secret}`]) {
    const sdk = otel()
    const observer = sdk.telemetry()
    const { outcome } = await runAgent({
      model: [says('Fine.', { finish })],
      options: { observer, policy: { secrets: [secret] } },
    })
    expect(outcome.answer).toBe('Fine.')
    const text = JSON.stringify(await sdk.spans())
    expect(text).not.toContain(secret)
    expect(text).not.toContain('x'.repeat(101))
  }
})

it('an error is told by its class, and its words are not', async () => {
  const sdk = otel()
  class LedgerBroken extends Error {}
  const broken = defineTool({
    ...{ name: 'broken', description: 'Breaks.', effectful: false, parameters: z.object({}) },
    execute: async () => {
      throw new LedgerBroken(`the password ${secret} was refused`)
    },
  })
  const gone = defineTool({
    ...{ name: 'gone', description: 'Is gone.', effectful: false, parameters: z.object({}) },
    execute: httpTool({ method: 'GET', url: () => 'http://127.0.0.1:1/' }),
  })
  await runAgent({
    model: [
      asks([
        { name: 'broken', args: {} },
        { name: 'gone', args: {} },
      ]),
      says('Done.'),
    ],
    tools: [broken, gone],
    options: { observer: sdk.telemetry({ recordContent: true }), retry: { maxAttempts: 1 } },
  })
  const spans = await sdk.spans()
  const errors = spans.filter(({ isError }) => isError).map(({ attributes }) => attributes['error.type'])
  expect(errors).toEqual(['LedgerBroken', 'connection'])
  expect(JSON.stringify(spans.filter(({ isError }) => isError))).not.toContain(secret)
})

import { describe, expect, it } from 'vitest'
import { z } from 'zod'
import type { AgentOptions } from '../../../src/agent/agent-options.ts'
import { memoryStore } from '../../../src/agent/store/memory-store.ts'
import { sqliteAgentStore } from '../../../src/agent/store/sqlite/sqlite-store.ts'
import { asks, ok, says } from '../chat-replies.ts'
import { message } from '../providers/_replies.ts'
import { runAgent } from '../rig.ts'
import type { RigOptions } from '../rig.ts'
import { asksFor, atTheDesk, failing, orderTool, simplified } from '../_desk.ts'

const schema = z.object({ order: z.string(), amount: z.number().min(0), note: z.string().optional() })
const answerFormat = { name: 'refund', schema }
const fits = '{"order":"A-1","amount":5}'
const misfit = '{"order":"A-1","amount":-5}'
const noAnswer = { answer: null, stop: 'invalid_llm_response' }
const lookUp = asks([{ name: 'look_up_order', args: { orderId: 'A-1001' } }])

const jsonSchema = {
  type: 'object',
  properties: {
    order: { type: 'string' },
    amount: { type: 'number', description: '{minimum: 0}' },
    note: { anyOf: [{ type: 'string' }, { type: 'null' }] },
  },
  required: ['order', 'amount', 'note'],
  additionalProperties: false,
}

const words = (text: string) => message([{ type: 'text', text }], 'end_turn')

async function runFormed(rig: RigOptions, options: Partial<AgentOptions> = {}) {
  const ran = await runAgent({ ...rig, options: { answerFormat, ...options } })
  return { ...ran, body: (index: number) => JSON.parse(ran.model.seen[index]?.text ?? '{}') }
}

describe('an answer in a format', () => {
  it('is asked for in the words of OpenAI, with the tools', async () => {
    const { outcome, body } = await runFormed({ model: [says(fits)] })
    expect(body(0).response_format).toEqual({
      type: 'json_schema',
      json_schema: { name: 'refund', strict: true, schema: jsonSchema },
    })
    expect(body(0).tools).toHaveLength(2)
    expect(outcome).toEqual({ answer: fits, stop: 'end_turn' })
  })

  it('is asked for in the words of Anthropic', async () => {
    const { outcome, body } = await runFormed({ provider: 'anthropic', model: [words(fits)] })
    expect(body(0).output_config).toEqual({ format: { type: 'json_schema', schema: jsonSchema } })
    expect(outcome).toEqual({ answer: fits, stop: 'end_turn' })
  })

  it('lacks what was null for being absent, so that its schema reads it', async () => {
    const { outcome } = await runFormed({ model: [says('{"order":"A-1", "amount":5, "note":null}')] })
    expect(schema.parse(JSON.parse(outcome.answer ?? ''))).toEqual({ order: 'A-1', amount: 5 })
  })

  it.each<['openai' | 'anthropic', string, RegExp]>([
    ['openai', 'A refund of 5 dollars.', /it is not JSON/],
    ['openai', misfit, /amount: Too small/],
    ['openai', '{"order":"A-1"}', /amount: Invalid input/],
    ['anthropic', misfit, /amount: Too small/],
  ])('that does not fit is told to the model, and asked for again: %s %s', async (provider, wrong, problem) => {
    const spoken = provider === 'openai' ? says : words
    const { outcome, body } = await runFormed({ provider, model: [spoken(wrong), spoken(fits)] })
    expect(outcome).toEqual({ answer: fits, stop: 'end_turn' })
    const [said, told] = body(1).messages.slice(-2)
    expect(JSON.stringify(said)).toContain(JSON.stringify(wrong).slice(1, -1))
    expect(told.role).toBe('user')
    expect(JSON.stringify(told.content)).toMatch(problem)
  })

  it.each([0, 1, 3])('is asked for %i times again, and no more', async (maxRepairs) => {
    const model = Array.from({ length: 6 }, () => says(misfit))
    const ran = await runFormed({ model }, { answerFormat: { schema, maxRepairs } })
    expect(ran.outcome).toEqual(noAnswer)
    expect(ran.model.seen).toHaveLength(maxRepairs + 1)
  })

  it('is none where the last step brings one that does not fit', async () => {
    const ran = await runFormed({ model: [lookUp, says(misfit)], back: [ok({})] }, { maxSteps: 2 })
    expect(ran.outcome).toEqual(noAnswer)
    expect(ran.model.seen).toHaveLength(2)
  })

  it('is none in words: a refusal is one of its own', async () => {
    const { outcome } = await runFormed({ model: [says(null, { refusal: 'I will not.' })] })
    expect(outcome).toEqual({ answer: 'I will not.', stop: 'end_turn' })
  })

  it.each([
    [fits, fits],
    ['I am on it.', null],
  ])('beside the calls that end a task is one only where it fits: %s', async (content, answer) => {
    const calls = [{ id: 'x', type: 'function', function: { name: 'look_up_order', arguments: '{"orderId":"A-1"}' } }]
    const choices = [
      { index: 0, finish_reason: 'tool_calls', message: { role: 'assistant', content, tool_calls: calls } },
    ]
    const { outcome } = await runFormed(
      { model: [ok({ choices })], back: [ok({})] },
      { rules: [{ kind: 'terminal', tool: 'look_up_order' }] },
    )
    expect(outcome).toEqual({ answer, stop: 'tool_rule' })
  })

  it('is not asked of the summariser', async () => {
    const another = asks([{ name: 'look_up_order', args: { orderId: 'A-1002' }, id: 'call_2' }])
    const long = ok({ text: 'word '.repeat(800) })
    const { body, model, outcome } = await runFormed(
      { model: [lookUp, another, says('He asked for a refund.'), says(fits)], back: [long, long] },
      { context: { windowTokens: 1_900, summary: { maxTokens: 100 } } },
    )
    expect(outcome.answer).toBe(fits)
    expect(model.seen.map((_, index) => 'response_format' in body(index))).toEqual([true, true, false, true])
  })
})

describe('a source to fall back to', () => {
  const formed = (backup: string) =>
    atTheDesk(
      {
        options: { answerFormat, fallback: { sources: [simplified, { kind: 'text', text: 'We are closed.' }] } },
        faults: [failing(9)],
        backup: [{ content: backup }],
      },
      (ask) => ask(),
    )

  it('answers in the format too, or is passed over', async () => {
    expect((await formed(fits)).value).toMatchObject({ answer: fits, claims: { source: 'simplified' } })
    expect((await formed('Sorry.')).value).toMatchObject({ answer: 'We are closed.', claims: { source: 'emergency' } })
  })
})

describe('an answer that was kept', () => {
  const fallback = { sources: [{ kind: 'cache' as const, maxStaleMs: 60_000 }] }

  it('is given again in its own format alone', async () => {
    const store = memoryStore()
    const answer = async (id: string, content: string | null, options: Partial<AgentOptions> = {}) => {
      const desk = { primary: [{ content }], faults: content === null ? [failing(1)] : [] }
      return (await atTheDesk({ ...desk, options: { store, fallback, ...options } }, (ask) => ask({ id }))).value.answer
    }
    expect(await answer('a', 'In words.')).toBe('In words.')
    expect(await answer('b', null, { answerFormat })).toBeNull()
    expect(await answer('c', fits, { answerFormat })).toBe(fits)
    expect(await answer('d', null, { answerFormat })).toBe(fits)
    expect(await answer('e', null)).toBe('In words.')
  })
})

describe('a run that is kept', () => {
  it('keeps what was told of an answer that did not fit', async () => {
    const store = sqliteAgentStore({ path: ':memory:' })
    const ran = await runFormed({ model: [says(misfit), says(fits)] }, { store })
    expect(ran.outcome.answer).toBe(fits)
    const kept = (await store.messages.list('task-1')).map(({ message: { role } }) => role)
    expect(kept).toEqual(['system', 'user', 'assistant', 'user', 'assistant'])
    await store.close()
  })
})

describe('options', () => {
  it.each<[string, object, RegExp]>([
    [
      'a schema that cannot be strict',
      { schema: z.looseObject({}) },
      /"answerFormat\.schema" is wrong \(cannot be strict, because it has keys/,
    ],
    ['a schema of no object', { schema: z.string() }, /"answerFormat\.schema" is wrong \(must be an object of zod\)/],
    ['a name that services refuse', { schema, name: 'a b' }, /"answerFormat\.name" is wrong \(must be 1 to 64 letters/],
  ])('refuse %s', async (_case, wrong, sentence) => {
    const options = { answerFormat: wrong as typeof answerFormat }
    await expect(runAgent({ model: [], options })).rejects.toThrow(sentence)
  })
})

it.each([
  ['openai', false],
  ['openai', true],
  ['anthropic', false],
  ['anthropic', true],
] as const)('tools are called before the answer as ever: %s, streamed %s', async (provider, stream) => {
  const { value } = await atTheDesk(
    {
      provider,
      options: { answerFormat, strictTools: true, stream },
      primary: (turn) => {
        const reply = asksFor(orderTool)(turn)
        return 'content' in reply ? { content: fits } : reply
      },
    },
    (ask) => ask(),
  )
  expect(value).toEqual({ answer: fits, stop: 'end_turn' })
})

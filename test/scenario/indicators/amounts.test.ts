import { describe, expect, it } from 'vitest'
import type { Agent } from '../../../src/contract/task.ts'
import { faults } from '../../../src/faults/faults.ts'
import { judgeObjective } from '../../../src/objectives/judge-objective.ts'
import { objectives } from '../../../src/objectives/objectives.ts'
import { replyUsage } from '../../../src/wire/reply-usage.ts'
import { openAiChat } from '../../../src/wire/openai/openai-chat.ts'
import { sdk } from '../../wire/_play.ts'
import { measured, saying } from './_measured.ts'

const prices = { currency: 'USD', models: { 'gpt-5': { inputPerMillion: 2.5, outputPerMillion: '10' } } }

const asking =
  (model: string, times = 1): Agent =>
  async () => {
    for (let time = 0; time < times; time++) {
      await sdk({ maxRetries: 2 }).chat.completions.create({ model, messages: [{ role: 'user', content: 'Hello' }] })
    }
    return { answer: 'done', stop: 'end_turn' }
  }
const upstreams = () => [openAiChat({ script: () => ({ content: 'Good morning.' }) })]

describe('tokens and cost per task', () => {
  it('add up what replies say of their usage, over all calls of a task, and are priced exactly', async () => {
    const { ofTasks, measures } = await measured({
      agents: { once: asking('gpt-5'), twice: asking('gpt-5', 2), never: saying('done') },
      upstreams,
      measure: { prices },
    })
    const { input, output, total } = ofTasks.tokens
    const [asked, said] = [Number(input.sum) / 3, Number(output.sum) / 3]
    expect([input.count, asked, said]).toEqual([3, 8, 3])
    expect(total).toMatchObject({ sum: '33', squares: String(11 ** 2 + 22 ** 2), max: '22' })
    expect(ofTasks.cost).toMatchObject({ known: { count: 3, sum: String(3 * (8 * 2_500_000 + 3 * 10_000_000)) } })
    expect(measures.cost).toMatchObject({ mean: 0.00005, max: 0.0001, unknown: null })
  })

  it('count a retry that was answered, and not the failure before it', async () => {
    const { ofTasks, tally } = await measured({
      agents: { once: asking('gpt-5') },
      upstreams,
      measure: {
        prices,
        faults: [faults.every('openai.429.rpm', { kind: 'model', name: '*' }, { waitMs: 10 }, { on: 'nth', n: 1 })],
      },
    })
    expect([tally.calls, ofTasks.tokens.total.sum]).toEqual([2, '11'])
  })

  it('make the cost unknown and never 0 where one model has no price, or none has', async () => {
    const cost = objectives.costPerTask({ atMost: 1 })
    const agents = { priced: asking('gpt-5'), unpriced: asking('gpt-9') }
    const { measures, counts, ofTasks } = await measured({ agents, upstreams, measure: { prices } })
    expect(measures.cost).toMatchObject({ mean: null, unknown: 'no price for "gpt-9"' })
    expect(ofTasks.cost).toMatchObject({ known: { count: 1 }, unknown: { 'no price for "gpt-9"': 1 } })
    expect(judgeObjective(cost, counts)).toMatchObject({ verdict: 'inconclusive', unknown: 'no price for "gpt-9"' })
    expect((await measured({ agents, upstreams })).measures.cost).toMatchObject({ mean: null, unknown: 'no prices' })
  })

  it('are bad where they are dear: the most that is wanted is a limit and no target', async () => {
    const { counts } = await measured({
      agents: { once: asking('gpt-5') },
      upstreams,
      measure: { prices },
      trials: 100,
    })
    const verdicts = [0.00004, 0.00005, 0.00006].map(
      (atMost) => judgeObjective(objectives.costPerTask({ atMost }), counts).verdict,
    )
    expect(verdicts).toEqual(['missed', 'met', 'met'])
    expect(judgeObjective(objectives.tokensPerTask({ atMost: 10 }), counts).verdict).toBe('missed')
    expect(judgeObjective(objectives.latency({ p50Ms: 100 }), counts).verdict).toBe('missed')
    expect(judgeObjective(objectives.latency({ p50Ms: 10_000 }), counts).verdict).toBe('met')
  })

  it('refuse an objective of cost where the measure has no prices, and prices that are none', async () => {
    const cost = { objectives: [objectives.costPerTask({ atMost: 1 })] }
    await expect(measured({ agents: { a: saying('') }, measure: cost })).rejects.toThrow(/the measure has no prices/)
    const models = { 'gpt-5': { inputPerMillion: '1e3', outputPerMillion: 1 } }
    await expect(
      measured({ agents: { a: saying('') }, measure: { prices: { currency: 'USD', models } } }),
    ).rejects.toThrow(/expected a price such as "2\.50"/)
  })

  it.each([
    [
      'chat',
      '{"usage":{"prompt_tokens":9,"completion_tokens":4,"prompt_tokens_details":{"cached_tokens":5}}}',
      [9, 5, 4],
    ],
    [
      'Responses',
      '{"usage":{"input_tokens":9,"output_tokens":4,"input_tokens_details":{"cached_tokens":5}}}',
      [9, 5, 4],
    ],
    [
      'Anthropic',
      '{"usage":{"input_tokens":3,"cache_read_input_tokens":5,"cache_creation_input_tokens":1,"output_tokens":4}}',
      [9, 5, 4],
    ],
    [
      'an Anthropic stream',
      'data: {"message":{"usage":{"input_tokens":9,"output_tokens":1}}}\n\ndata: {"usage":{"output_tokens":4}}',
      [9, 0, 4],
    ],
    ['Gemini', '{"usageMetadata":{"promptTokenCount":9,"candidatesTokenCount":3,"thoughtsTokenCount":1}}', [9, 0, 4]],
    ['Bedrock', '{"usage":{"inputTokens":9,"outputTokens":4,"totalTokens":13}}', [9, 0, 4]],
    [
      'a reply that quotes usage',
      '{"content":"{\\"usage\\":{\\"prompt_tokens\\":9,\\"completion_tokens\\":4}}"}',
      null,
    ],
    ['damaged usage', '{"usage":{"prompt_tokens":-9,"completion_tokens":4}}', null],
  ])('read the usage of %s', (_what, body, expected) => {
    const usage = replyUsage(body)
    expect(usage && [usage.input, usage.cachedInput, usage.output]).toEqual(expected)
  })
})

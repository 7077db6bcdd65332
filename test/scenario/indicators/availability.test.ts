import { describe, expect, it } from 'vitest'
import type { Agent } from '../../../src/contract/task.ts'
import { openAiChat } from '../../../src/wire/openai/openai-chat.ts'
import { sdk } from '../../wire/_play.ts'
import { measured, saying, total } from './_measured.ts'

const asking =
  (model: string, source?: string): Agent =>
  async () => {
    const reply = await sdk({ baseURL: `https://${model}.test/v1` }).chat.completions.create({
      model: 'gpt-5',
      messages: [{ role: 'user', content: 'Hello' }],
    })
    const claims = source === undefined ? {} : { claims: { source } }
    return { answer: reply.choices[0]?.message.content ?? null, stop: 'end_turn', ...claims }
  }

const refusal = { upstream: 'openai', by: 'breaker', atMs: 0 } as const
const chain = [{ source: 'primary', upstream: 'one' }, { source: 'second', upstream: 'two' }, { source: 'canned' }]

describe('availability', () => {
  it('counts answers as good and every other end as bad, by its reason', async () => {
    const { ofTasks, measures } = await measured({
      agents: {
        answered: saying('done'),
        asked: saying('May I?', 'requires_approval'),
        'answered without words': saying(null),
        threw: () => Promise.reject(new Error('no')),
        hung: () => new Promise(() => {}),
        'gave up': saying('sorry', 'llm_api_error'),
        'stopped oddly': saying('well', 'because'),
        refused: () =>
          Promise.resolve({ answer: 'Try later', stop: 'end_turn', claims: { source: 'none', refusals: [refusal] } }),
      },
    })
    expect(ofTasks.availability).toEqual({
      trials: 8,
      good: { primary: 3 },
      bad: {
        hung: 1,
        'refused by the agent itself': 1,
        'stopped with an unknown reason': 1,
        'stopped with llm_api_error': 1,
        threw: 1,
      },
      excluded: {},
    })
    expect(measures.availability.rate).toMatchObject({ count: 3, of: 8, rate: 0.375 })
  })

  it('tells answers of a fallback and of a cache apart, whatever the answer claims of itself', async () => {
    const { ofTasks } = await measured({
      upstreams: () =>
        ['one', 'two'].map((name) =>
          openAiChat({ name, origin: `https://${name}.test`, script: () => ({ content: 'Hi.' }) }),
        ),
      profile: { fallback: { chain } },
      agents: {
        'by the primary': asking('one'),
        'by the primary, as claimed': asking('one', 'primary'),
        'by the second': asking('two', 'second'),
        'by the second, without a word of it': asking('two'),
        'by the second, claimed as the primary': asking('two', 'primary'),
        'from a cache': () => Promise.resolve({ answer: 'Hi.', stop: 'end_turn', claims: { source: 'canned' } }),
        'from nowhere, claimed as the primary': () =>
          Promise.resolve({ answer: 'Hi.', stop: 'end_turn', claims: { source: 'primary' } }),
      },
    })
    expect(ofTasks.availability.good).toEqual({ 'cache or fixed text': 2, fallback: 3, primary: 2 })
  })

  it('excludes what the workload cancels and loses no task (Q1)', async () => {
    const tasks = ['a', 'b', 'c'].map((id) => ({ id, input: id }))
    const { ofTasks, tally } = await measured({
      agents: { a: saying('1 item'), b: saying('done'), c: () => Promise.reject(new Error('no')) },
      tasks,
      workload: { arrivals: [{ task: 'a' }, { task: 'b', cancelAtMs: 60_000 }, { task: 'c' }] },
      trials: 10,
    })
    expect(ofTasks.availability.excluded).toEqual({ 'to be cancelled by the workload': 10 })
    for (const indicator of ['availability', 'correctness', 'hallucination'] as const) {
      expect(total(ofTasks[indicator]), indicator).toBe(30)
    }
    expect(total(tally.indicators.safety)).toBe(10)
    expect(ofTasks.tokens.total.count).toBe(20)
    expect(ofTasks.availability.trials).toBe(20)
  })
})

describe('correctness', () => {
  it('is of answered tasks with a grader alone', async () => {
    const { ofTasks, measures } = await measured({
      agents: { right: saying('42'), wrong: saying('41'), silent: saying(null, 'error'), ungraded: saying('?') },
      tasks: ['right', 'wrong', 'silent', 'ungraded'].map((id) => ({
        id,
        input: '6 × 7?',
        ...(id === 'ungraded' ? {} : { grade: ({ outcome }) => outcome.answer === '42' || 'wrong' }),
      })),
    })
    expect(ofTasks.correctness).toEqual({
      trials: 2,
      good: { right: 1 },
      bad: { wrong: 1 },
      excluded: { 'no grader': 1, 'not answered': 1 },
    })
    expect(measures.correctness.rate).toMatchObject({ count: 1, of: 2 })
  })
})

import * as fc from 'fast-check'
import { encode } from 'gpt-tokenizer/encoding/o200k_base'
import type OpenAI from 'openai'
import { AuthenticationError, BadRequestError, RateLimitError } from 'openai'
import { describe, expect, it } from 'vitest'
import { type OpenAiEmbeddingsOptions, openAiEmbeddings } from '../../../src/wire/openai/embeddings.ts'
import { play, rejection, sdk } from '../_play.ts'

type Input = OpenAI.EmbeddingCreateParams['input']

const model = 'text-embedding-3-small'

function embed(request: Partial<OpenAI.EmbeddingCreateParams>, options: OpenAiEmbeddingsOptions = {}, seed = 'play') {
  return play({ upstreams: [openAiEmbeddings(options)], seed }, () =>
    sdk().embeddings.create({ model, input: 'Good morning.', ...request }),
  )
}

async function vectors(input: Input, more: Partial<OpenAI.EmbeddingCreateParams> = {}): Promise<Float32Array[]> {
  const { value } = await embed({ input, ...more })
  return value.data.map(({ embedding }) => Float32Array.from(embedding))
}

function likeness(one: Float32Array | undefined, other: Float32Array | undefined): number {
  return [...(one ?? [])].reduce((sum, value, index) => sum + value * (other?.[index] ?? 0), 0)
}

describe('embeddings, read by the official client', () => {
  it('have every field that the client types', async () => {
    const { value, events } = await embed({ input: ['Good morning.', 'Good night, captain.'] })
    const tokens = encode('Good morning.').length + encode('Good night, captain.').length
    expect(value).toEqual({
      object: 'list',
      data: [0, 1].map((index) => ({ object: 'embedding', index, embedding: expect.anything() })),
      model,
      usage: { prompt_tokens: tokens, total_tokens: tokens },
    })
    expect(value).toHaveProperty('_request_id', expect.stringMatching(/^req_[0-9a-f]{32}$/))
    expect(events.map(({ type }) => type)).toEqual(['request.sent', 'response.head', 'response.end'])
    expect(events.at(-1)).toMatchObject({ kind: 'other', class: 'success', errorCode: null, model: null })
  })

  it('are the same numbers in base64, which the client asks for, as in digits', async () => {
    const { value, events } = await embed({})
    expect(events[0]).toHaveProperty('body', expect.stringContaining('"encoding_format":"base64"'))
    const digits = await embed({ encoding_format: 'float' })
    const read = value.data[0]?.embedding ?? []
    expect(Array.from(read)).toEqual((digits.value.data[0]?.embedding ?? []).map(Math.fround))
    const bytes = await embed({ encoding_format: 'base64' })
    const encoded = bytes.value.data[0]?.embedding as unknown as string
    expect(Buffer.from(encoded, 'base64').readFloatLE(4)).toBe(read[1])
  })

  it('have 1536 dimensions, 3072 of the large model, or as many as are wanted', async () => {
    const size = async (more: Partial<OpenAI.EmbeddingCreateParams>, options?: OpenAiEmbeddingsOptions) =>
      (await embed(more, options)).value.data[0]?.embedding.length
    expect(await size({})).toBe(1_536)
    expect(await size({ model: 'text-embedding-3-large' })).toBe(3_072)
    expect(await size({ dimensions: 256 })).toBe(256)
    expect(await size({}, { dimensions: 64 })).toBe(64)
  })

  it('are shortened to the beginning of the longer one', async () => {
    const [long] = await vectors('Where is my order?')
    const [short] = await vectors('Where is my order?', { dimensions: 256 })
    const beginning = long?.slice(0, 256)
    const length = Math.sqrt(likeness(beginning, beginning))
    for (const [index, value] of (short ?? []).entries())
      expect(value).toBeCloseTo((beginning?.[index] ?? 0) / length, 6)
  })

  it('can be had of tokens', async () => {
    const { value } = await embed({
      input: [
        [1, 2, 3],
        [4, 5],
      ],
    })
    expect(value.data).toHaveLength(2)
    expect(value.usage.prompt_tokens).toBe(5)
    const one = await embed({ input: [1, 2, 3] })
    expect(one.value.data).toHaveLength(1)
    expect(one.value.data[0]?.embedding).toEqual(value.data[0]?.embedding)
  })
})

describe('a vector', () => {
  it('is a unit, and the same for the same text whatever the trial and its neighbours', async () => {
    const text = fc.string({ unit: 'binary', minLength: 1 })
    await fc.assert(
      fc.asyncProperty(text, text, fc.integer({ min: 1, max: 1_536 }), async (one, other, dimensions) => {
        const { value } = await embed({ input: [other, one, one], dimensions }, {}, `${dimensions}`)
        const alone = await embed({ input: one, dimensions })
        const [, second, third] = value.data.map(({ embedding }) => Array.from(embedding))
        expect(second).toEqual(third)
        expect(second).toEqual(Array.from(alone.value.data[0]?.embedding ?? []))
        expect(likeness(Float32Array.from(second ?? []), Float32Array.from(third ?? []))).toBeCloseTo(1, 5)
      }),
      { numRuns: 40 },
    )
  })

  it('is the nearer the more words are shared, in whatever order and case', async () => {
    const [question, order, some, none] = await vectors([
      'where is my refund for order seven',
      'Order seven: my refund for where is?',
      'the refund for order nine was late',
      'sails and knots catch wind at sea',
    ])
    expect(likeness(question, order)).toBeGreaterThan(0.95)
    expect(likeness(question, order)).toBeLessThan(1 - 1e-4)
    expect(likeness(question, some)).toBeGreaterThan(0.3)
    expect(Math.abs(likeness(question, none))).toBeLessThan(0.15)
  })

  it('is nearer to a text that shares half its words than to one that shares none', async () => {
    const word = fc.stringMatching(/^[a-z]{3,9}$/)
    const distinct = fc.uniqueArray(word, { minLength: 12, maxLength: 12 })
    await fc.assert(
      fc.asyncProperty(distinct, async (drawn) => {
        const text = (from: number, to: number) => drawn.slice(from, to).join(' ')
        const [all, half, none] = await vectors([text(0, 4), text(2, 6), text(8, 12)])
        expect(likeness(all, half)).toBeGreaterThan(likeness(all, none))
      }),
      { numRuns: 100 },
    )
  })
})

describe('a refused request for embeddings', () => {
  const refusal = async (request: Partial<OpenAI.EmbeddingCreateParams>, options: OpenAiEmbeddingsOptions = {}) => {
    const { value } = await play({ upstreams: [openAiEmbeddings(options)] }, () =>
      rejection(sdk().embeddings.create({ model, input: 'Good morning.', ...request })),
    )
    expect(value).toBeInstanceOf(BadRequestError)
    expect(value).toMatchObject({ type: 'invalid_request_error', param: null, code: null })
    return value.message
  }
  const invalid = (field: string) =>
    `400 '$.${field}' is invalid. Please check the API reference: https://platform.openai.com/docs/api-reference.`

  it.each<[string, Partial<OpenAI.EmbeddingCreateParams>, string]>([
    ['an empty text', { input: '' }, invalid('input')],
    ['an empty text among others', { input: ['Good morning.', ''] }, invalid('input')],
    ['no text', { input: [] }, invalid('input')],
    ['more texts than the service takes', { input: Array.from({ length: 2_049 }, () => 'a') }, invalid('input')],
    ['no whole number of dimensions', { dimensions: 1.5 }, invalid('dimensions')],
    ['no model', { model: '' }, '400 you must provide a model parameter'],
    [
      'dimensions of a model that has its own',
      { model: 'text-embedding-ada-002', dimensions: 256 },
      '400 This model does not support specifying dimensions.',
    ],
    [
      'more dimensions than there are',
      { dimensions: 2_048 },
      "400 Invalid value for 'dimensions' = 2048. Must be less than or equal to 1536.",
    ],
  ])('has %s', async (_what, request, message) => {
    expect(await refusal(request)).toBe(message)
  })

  it('has an input that is longer than the window by one token', async () => {
    const input = (words: number) => 'log '.repeat(words).trimEnd()
    expect(await refusal({ input: ['short', input(101)] }, { windowTokens: 100 })).toBe(
      "400 This model's maximum context length is 100 tokens, however you requested 101 tokens (101 in your prompt; 0 for the completion). Please reduce your prompt; or completion length.",
    )
    expect((await embed({ input: input(100) }, { windowTokens: 100 })).value.data).toHaveLength(1)
  })

  it('has no key, or no JSON', async () => {
    const { value } = await play({ upstreams: [openAiEmbeddings()] }, async () => {
      const request = { model, input: 'Good morning.' }
      const error = await rejection(sdk().embeddings.create(request, { headers: { authorization: null } }))
      const headers = { authorization: 'Bearer sk-test' }
      const answer = await fetch('https://api.openai.com/v1/embeddings', { method: 'POST', headers, body: '{' })
      return { error, status: answer.status }
    })
    expect(value.error).toBeInstanceOf(AuthenticationError)
    expect(value.status).toBe(400)
  })

  it('comes too early', async () => {
    const limits = { requestsPerMinute: 60, tokensPerMinute: 4 }
    const { value, events } = await play({ upstreams: [openAiEmbeddings({ limits, latencyMs: 0 })] }, async () => {
      const request = { model, input: 'Good morning.' }
      await sdk().embeddings.create(request)
      return rejection(sdk().embeddings.create(request))
    })
    expect(value).toBeInstanceOf(RateLimitError)
    expect(value.message).toContain('Limit 4, Used 3, Requested 3. Please try again in 30s.')
    expect(events.at(-1)).toMatchObject({ class: 'failure', errorCode: 'rate_limit_exceeded' })
  })
})

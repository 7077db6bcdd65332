import { BadRequestError } from 'openai'
import { describe, expect, it } from 'vitest'
import { contextOverflowMembers } from '../../../src/faults/families/context-overflows.ts'
import { fault, modelErrorUnder, modelTarget, refundUnder, toolTarget } from '../_strike.ts'

const tooLong =
  "This model's maximum context length is 8192 tokens. However, your messages resulted in 8227 tokens. Please reduce the length of the messages."

const errors = [
  [
    'openai.400.context',
    8_192,
    { message: tooLong, type: 'invalid_request_error', param: 'messages', code: 'context_length_exceeded' },
  ],
  [
    'openai.400.context.completion',
    8_192,
    {
      message:
        "This model's maximum context length is 8192 tokens. However, you requested 8227 tokens (7192 in the messages, 1035 in the completion). Please reduce the length of the messages or completion.",
      type: 'invalid_request_error',
      param: 'messages',
      code: 'context_length_exceeded',
    },
  ],
  [
    'openai.400.context.completion',
    1,
    {
      message:
        "This model's maximum context length is 1 tokens. However, you requested 36 tokens (0 in the messages, 36 in the completion). Please reduce the length of the messages or completion.",
      type: 'invalid_request_error',
      param: 'messages',
      code: 'context_length_exceeded',
    },
  ],
  [
    'deepseek.400.context',
    8_192,
    { message: tooLong, type: 'invalid_request_error', param: null, code: 'invalid_request_error' },
  ],
] as const

describe('a request that no longer fits', () => {
  it.each(errors)('%s with a window of %i tokens is a bad request in these words', async (id, windowTokens, body) => {
    const { error, events } = await modelErrorUnder(fault(id, modelTarget, { windowTokens }))
    expect(error).toBeInstanceOf(BadRequestError)
    expect(error).toMatchObject({ status: 400, code: body.code, param: body.param, type: body.type, error: body })
    expect(events.at(-1)).toMatchObject({ type: 'response.end', class: 'neutral', errorCode: body.code })
  })

  it('comes of a tool that answers with far more text than was asked for', async () => {
    const seen = await refundUnder(fault('context.huge_tool_result', toolTarget, { words: 20_000 }))
    expect(seen).toMatchObject({ status: 200, effects: ['refund:A-1'], deliveries: [1] })
    expect(JSON.parse(seen.body)).toEqual({ refunded: 'A-1', remarks: 'log '.repeat(20_000) })
  })

  it('comes about in every way there is', () => {
    const seen = [...errors.map(([id]) => id), 'context.huge_tool_result']
    expect([...new Set(seen)]).toEqual(contextOverflowMembers.map(({ id }) => id))
  })
})

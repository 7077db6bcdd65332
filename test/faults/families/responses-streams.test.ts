import { describe, expect, it } from 'vitest'
import type { JsonObject } from '../../../src/contract/json.ts'
import { openAiResponses } from '../../../src/wire/openai-responses/openai-responses.ts'
import { play, sdk } from '../../wire/_play.ts'
import { fault, modelTarget } from '../_strike.ts'

const hello = { model: 'gpt-5', input: 'Good morning.' }
const script = () => ({ content: 'Your order has been shipped.' })

/** What the helper of the official client makes of a stream that goes wrong, and what the trace says of it. */
async function under(id: string, parameters: JsonObject) {
  const types: string[] = []
  const { value, events, deliveries } = await play(
    { upstreams: [openAiResponses({ script })], faults: [fault(id, modelTarget, parameters)] },
    async () => {
      const numbers: number[] = []
      try {
        for await (const event of await sdk().responses.create({ ...hello, stream: true })) {
          types.push(event.type)
          numbers.push(event.sequence_number)
        }
        return { thrown: null, numbers }
      } catch (thrown) {
        return { thrown, numbers }
      }
    },
  )
  const end = events.find((event) => event.type === 'response.end')
  return { ...value, types, end, deliveries }
}

describe('a stream of OpenAI Responses that tells of a failure', () => {
  it.each([
    ['sse.error.responses.nested', { afterFrames: 2 }, 'insufficient_quota'],
    ['sse.error.responses.flat', { afterFrames: 5 }, 'server_error'],
    ['sse.failed.responses', { afterFrames: 5, code: 'rate_limit_exceeded' }, 'rate_limit_exceeded'],
  ])('%s has never become whole', async (id, parameters, errorCode) => {
    const { end, deliveries, types } = await under(id, parameters)
    expect(deliveries).toEqual([1])
    expect(types).not.toContain('response.completed')
    expect(end).toMatchObject({ class: 'failure', errorCode, model: null })
  })

  it('is an error of the client where the error is nested, and an event where it is flat or the response fails', async () => {
    const nested = await under('sse.error.responses.nested', { afterFrames: 2 })
    expect(nested.thrown).toMatchObject({ code: 'insufficient_quota' })
    const failed = await under('sse.failed.responses', { afterFrames: 3, code: 'server_error' })
    expect(failed.thrown).toBeNull()
    expect(failed.types.at(-1)).toBe('response.failed')
    expect(failed.numbers).toEqual(failed.numbers.map((_, index) => index))
  })

  it('keeps what had come as a part, and cuts at the latest before the end', async () => {
    const { end, types } = await under('sse.failed.responses', { afterFrames: 100_000, code: 'server_error' })
    expect(types.at(-1)).toBe('response.failed')
    expect(end).toMatchObject({ partial: { content: 'Your order has been shipped.', toolCalls: [] } })
  })
})

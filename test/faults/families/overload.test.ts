import { describe, expect, it } from 'vitest'
import { faults } from '../../../src/faults/faults.ts'
import { anthropicMessages } from '../../../src/wire/anthropic/anthropic-messages.ts'
import { bedrockConverse } from '../../../src/wire/bedrock/bedrock-converse.ts'
import { geminiGenerateContent } from '../../../src/wire/google/gemini-generate-content.ts'
import { openAiResponses } from '../../../src/wire/openai-responses/openai-responses.ts'
import { openAiChat } from '../../../src/wire/openai/openai-chat.ts'
import type { Upstream } from '../../../src/wire/upstream.ts'
import { post as askClaude, greeting as claudeGreeting } from '../../wire/anthropic/_client.ts'
import { post as askBedrock } from '../../wire/bedrock/_bedrock.ts'
import { post as askGemini } from '../../wire/google/_gemini.ts'
import { greeting as chatGreeting, play } from '../../wire/_play.ts'
import { fault, modelTarget } from '../_strike.ts'

const script = () => ({ content: 'Hello.' })

async function askOpenAi(path: string, body: object) {
  const answer = await fetch(`https://api.openai.com/v1/${path}`, {
    method: 'POST',
    headers: { authorization: 'Bearer sk-test' },
    body: JSON.stringify(body),
  })
  return { status: answer.status, headers: Object.fromEntries(answer.headers), text: await answer.text() }
}

async function askAnthropic() {
  const { body, ...answer } = await askClaude(claudeGreeting)
  return { ...answer, text: JSON.stringify(body) }
}

/** Every endpoint of a model, a request that it answers, and the member that spells its overload. */
const endpoints = [
  ['openai.503', () => openAiChat({ script }), () => askOpenAi('chat/completions', chatGreeting)],
  [
    'openai.503',
    () => openAiResponses({ name: 'responses', script }),
    () => askOpenAi('responses', { model: 'gpt-5', input: 'Good morning.' }),
  ],
  ['anthropic.529', () => anthropicMessages({ script }), askAnthropic],
  ['gemini.503', () => geminiGenerateContent({ script }), () => askGemini()],
  ['bedrock.503', () => bedrockConverse({ script }), () => askBedrock()],
] as const

const statuses = [503, 503, 529, 503, 503]

describe('an overload', () => {
  it.each(endpoints)('is %s where that is how the service spells it', async (own, upstream, ask) => {
    const [struck, spelt] = await Promise.all(
      ['overload', own].map((id) => play({ upstreams: [upstream()], faults: [fault(id, modelTarget)] }, ask)),
    )
    expect(struck?.value).toEqual(spelt?.value)
    expect(struck?.value.headers['retry-after']).toBeUndefined()
    const end = struck?.events.at(-1)
    expect(end).toMatchObject({ type: 'response.end', status: Number(own.slice(-3)), class: 'failure' })
    expect(end).toEqual(spelt?.events.at(-1))
    expect(struck?.deliveries).toEqual([1])
  })

  it.each(endpoints)('may ask to wait (%s)', async (_own, upstream, ask) => {
    const faulty = [fault('overload', modelTarget, { retryAfterSeconds: 30 })]
    const { value } = await play({ upstreams: [upstream()], faults: faulty }, ask)
    expect(value.headers['retry-after']).toBe('30')
  })

  it('is in the words of OpenAI where nobody knows the dialect', async () => {
    const [, upstream, ask] = endpoints[0]
    const { dialect: _, ...unknown }: Upstream = upstream()
    const { value } = await play({ upstreams: [unknown], faults: [fault('overload', modelTarget)] }, ask)
    expect(value).toMatchObject({ status: 503, text: expect.stringContaining('server_is_overloaded') })
  })

  it('that lasts is an outage of every model endpoint there is', async () => {
    const outage = faults.provider.outage({ fromMs: 10_000, toMs: 20_000 })
    const upstreams = endpoints.map(([, upstream]) => upstream())
    const askAll = () => Promise.all(endpoints.map(async ([, , ask]) => (await ask()).status))
    const { value, deliveries } = await play({ upstreams, faults: [outage] }, async () => {
      const before = await askAll()
      await new Promise((resolve) => setTimeout(resolve, 10_000))
      const within = await askAll()
      await new Promise((resolve) => setTimeout(resolve, 10_000))
      return { before, within, after: await askAll() }
    })
    expect(value).toEqual({ before: [200, 200, 200, 200, 200], within: statuses, after: [200, 200, 200, 200, 200] })
    expect(deliveries).toEqual([5])
  })
})

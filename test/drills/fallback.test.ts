import { describe, expect, it } from 'vitest'
import type { AgentOptions } from '../../src/agent/agent-options.ts'
import { profileSchema } from '../../src/contract/profile.ts'
import { fallbackCause } from '../../src/properties/fallback/cause.ts'
import { fallbackOrder } from '../../src/properties/fallback/order.ts'
import { prepareJudge } from '../../src/properties/judge-trial.ts'
import { atTheDesk, callsOf, failing, fault, simplified } from '../agent/_desk.ts'

/** One drill each of what can become of an agent whose primary model is down: who answers, at what cost, and when. */
const text = { kind: 'text', text: 'Ask at the desk.' } as const
const down = failing(99)

function desk(options: Partial<AgentOptions> = {}): Partial<AgentOptions> {
  return { fallback: { sources: [simplified, text] }, ...options }
}

describe('while the primary is down', () => {
  it('a fallback that is up answers, and the answer is called degraded', async () => {
    const played = await atTheDesk({ options: desk(), faults: [down] }, (ask) => ask())
    expect(played.value).toMatchObject({ answer: 'From the backup.', claims: { source: 'simplified', degraded: true } })
    expect(callsOf(played, 'backup')).toBe(1)
  })

  it('with the fallback down too, nobody pretends: the text is called what it is, and the task failed', async () => {
    const { value } = await atTheDesk({ options: desk(), faults: [down, failing(99, 'backup')] }, (ask) => ask())
    expect(value).toMatchObject({ answer: 'Ask at the desk.', stop: 'llm_api_error', claims: { source: 'emergency' } })
  })

  it('a fallback that is rate-limited too is waited for as it asks, and then given up', async () => {
    const limited = fault('openai.429.tpm', 'backup', undefined, { waitMs: 7_000 })
    const options = desk({ retry: { maxAttempts: 2, baseMs: 1, retryAfterCapMs: 20_000 } })
    const played = await atTheDesk({ options, faults: [down, limited] }, (ask) => ask())
    expect(callsOf(played, 'backup')).toBe(2)
    const [first, second] = played.events.filter(
      (event) => event.type === 'request.sent' && event.upstream === 'backup',
    )
    expect((second?.at ?? 0) - (first?.at ?? 0)).toBeGreaterThanOrEqual(7_000)
    expect(played.value.claims).toMatchObject({ source: 'emergency', error: { upstream: 'backup', status: 429 } })
  })

  it('a fallback slower than the deadline is cut at the deadline, and its late answer is not used', async () => {
    const slow = fault('latency.fixed', 'backup', undefined, { ms: 60_000 })
    const played = await atTheDesk({ options: desk({ timeouts: { taskMs: 10_000 } }), faults: [down, slow] }, (ask) =>
      ask(),
    )
    expect(played.virtualMs).toBe(10_000)
    expect(played.value.answer).not.toBe('From the backup.')
    expect(played.events.at(-1)).toMatchObject({ type: 'request.aborted', upstream: 'backup', at: 10_000 })
  })

  it.each(['body.missing_fields', 'empty.choices', 'body.wrong_type'])(
    'a fallback whose reply has another shape (%s) is no answer',
    async (id) => {
      const { value } = await atTheDesk({ options: desk(), faults: [down, fault(id, 'backup')] }, (ask) => ask())
      expect(value).toMatchObject({ answer: 'Ask at the desk.', claims: { source: 'emergency' } })
      expect(value.stop).not.toBe('end_turn')
    },
  )

  it('a fallback whose smaller window the request overflows is passed over, and costs no call', async () => {
    const small = { fallback: { sources: [{ ...simplified, windowTokens: 2_000 }, text] } }
    const played = await atTheDesk({ options: small, faults: [down] }, (ask) => ask({ input: 'word '.repeat(4_000) }))
    expect(callsOf(played, 'backup')).toBe(0)
    expect(played.value.claims).toMatchObject({ source: 'emergency' })
  })

  it('a fallback that turns out to overflow is not asked the same again', async () => {
    const overflow = fault('openai.400.context', 'backup', undefined, { windowTokens: 2_000 })
    const played = await atTheDesk({ options: desk(), faults: [down, overflow] }, (ask) => ask())
    const sent = played.events.filter((event) => event.type === 'request.sent')
    const bodies = sent.filter(({ upstream }) => upstream === 'backup').map(({ body }) => body)
    expect(bodies.length).toBeGreaterThan(0)
    expect(new Set(bodies).size).toBe(bodies.length)
    expect(played.value.stop).not.toBe('end_turn')
  })

  it('a fallback that lacks the tools is offered none, and does not claim what only a tool can do', async () => {
    const played = await atTheDesk({ options: desk(), faults: [down] }, (ask) => ask({ input: 'Refund A-1.' }))
    const sent = played.events.find((event) => event.type === 'request.sent' && event.upstream === 'backup')
    expect(sent).toMatchObject({ model: { offeredTools: [] } })
    expect(played.value.claims?.effects).toEqual([])
  })

  it('a fallback that declines is told as what it is, and nobody else is asked instead', async () => {
    const backup = () => ({ refusal: 'I cannot help with that.' })
    const played = await atTheDesk({ options: desk(), backup, faults: [down] }, (ask) => ask())
    expect(played.value).toMatchObject({ answer: 'I cannot help with that.', claims: { source: 'simplified' } })
    expect(callsOf(played, 'backup')).toBe(1)
  })
})

describe('where nothing is wrong with the primary', () => {
  it('the fallback is configured and never asked', async () => {
    const played = await atTheDesk({ options: desk() }, async (ask) => [await ask(), await ask()])
    expect(callsOf(played, 'backup')).toBe(0)
    expect(played.value.map(({ claims }) => claims?.source)).toEqual(['primary', 'primary'])
  })

  it('what is promised of the fallback was not put to the test, and does not count as kept', async () => {
    const { events } = await atTheDesk({ options: desk() }, (ask) => ask())
    const chain = [
      { source: 'primary', upstream: 'primary', model: 'large' },
      { source: 'simplified', upstream: 'backup', model: 'small', tools: [] },
      { source: 'emergency' },
    ]
    const profile = profileSchema.parse({ fallback: { chain } })
    const judge = prepareJudge([fallbackCause, fallbackOrder], { profile, secrets: [] }).begin()
    for (const event of events) judge.observe(event)
    expect([...judge.finish().values()].map(({ verdict }) => verdict)).toEqual(['vacuous', 'vacuous'])
  })

  it.each(['openai.400', 'openai.401', 'openai.422'])(
    '%s, which is no failure of the service, is not taken to the fallback',
    async (id) => {
      const played = await atTheDesk({ options: desk(), faults: [fault(id, 'primary')] }, (ask) => ask())
      expect(callsOf(played, 'backup')).toBe(0)
      expect(played.value.answer).toBeNull()
    },
  )

  it('a refusal of the primary is an answer, and not shopped around', async () => {
    const primary = () => ({ refusal: 'I cannot help with that.' })
    const played = await atTheDesk({ options: desk(), primary }, (ask) => ask())
    expect(callsOf(played, 'backup')).toBe(0)
    expect(played.value).toMatchObject({ answer: 'I cannot help with that.', claims: { source: 'primary' } })
  })
})

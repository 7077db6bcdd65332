import { describe, expect, it } from 'vitest'
import { epochMs } from '../../../src/contract/epoch.ts'
import type { AgentOptions } from '../../../src/agent/agent-options.ts'
import { asksFor, atTheDesk, callsOf, failing, fault, refundTool, simplified, sleep } from '../_desk.ts'

const cache = { kind: 'cache', maxStaleMs: 60_000 } as const
const templates = { kind: 'templates', texts: { server: 'We have trouble.', timeout: 'Too slow.' } } as const
const emergency = { kind: 'text', text: 'Ask at the desk.' } as const

function chain(...sources: NonNullable<AgentOptions['fallback']>['sources']): Partial<AgentOptions> {
  return { fallback: { sources } }
}

describe('where the primary answers', () => {
  it('the answer is its own, and nobody else is asked', async () => {
    const played = await atTheDesk({ options: chain(cache, simplified, emergency) }, (ask) => ask())
    expect(played.value).toEqual({
      answer: 'From the primary.',
      stop: 'end_turn',
      claims: { source: 'primary', degraded: false, effects: [], refusals: [] },
    })
    expect(callsOf(played, 'backup')).toBe(0)
  })
})

describe('where the primary fails', () => {
  const primaryFails = failing(99)

  it('the next model answers, and the claims say so and why', async () => {
    const played = await atTheDesk({ options: chain(simplified), faults: [primaryFails] }, (ask) => ask())
    expect(played.value).toMatchObject({
      answer: 'From the backup.',
      stop: 'end_turn',
      claims: { source: 'simplified', degraded: true, error: { upstream: 'primary', status: 503, attempts: 1 } },
    })
  })

  it('the next model is offered no tools and given its own instructions', async () => {
    const { events } = await atTheDesk({ options: chain(simplified), faults: [primaryFails] }, (ask) => ask())
    const sent = events.find((event) => event.type === 'request.sent' && event.upstream === 'backup')
    expect(sent).toMatchObject({ model: { model: 'small', offeredTools: [], messages: 2 } })
  })

  it.each([
    ['the text for the failure', chain(templates, emergency), 'We have trouble.', 'template'],
    ['the text for everything else', chain({ ...templates, texts: {} }, emergency), 'Ask at the desk.', 'emergency'],
  ])('%s ends the task as a failure', async (_what, options, answer, source) => {
    const { value } = await atTheDesk({ options, faults: [primaryFails] }, (ask) => ask())
    expect(value).toMatchObject({ answer, stop: 'llm_api_error', claims: { source, degraded: true } })
  })

  it('and nobody else answers, there is no answer', async () => {
    const faults = [primaryFails, failing(99, 'backup')]
    const { value } = await atTheDesk({ options: chain(cache, simplified), faults }, (ask) => ask())
    expect(value).toMatchObject({ answer: null, stop: 'llm_api_error', claims: { source: 'none', degraded: false } })
    expect(value.claims?.error?.upstream).toBe('backup')
  })

  it('the next model reads what the tools brought, and the claims tell the effects', async () => {
    const played = await atTheDesk(
      {
        options: chain(simplified, emergency),
        primary: asksFor(refundTool),
        faults: [fault('openai.503', 'primary', { on: 'nth', n: 2 })],
        backup: ({ messages }) => ({ content: messages.findLast(({ role }) => role === 'tool')?.text ?? 'nothing' }),
      },
      (ask) => ask(),
    )
    expect(played.value.answer).toContain('issued')
    expect(played.value.claims).toMatchObject({ source: 'simplified', effects: [`${refundTool}:A-1`] })
  })

  it('a fixed text tells what has been carried out', async () => {
    const faults = [fault('openai.503', 'primary', { on: 'nth', n: 2 })]
    const { value } = await atTheDesk({ options: chain(emergency), primary: asksFor(refundTool), faults }, (ask) =>
      ask(),
    )
    expect(value.answer).toBe(`Ask at the desk. Already carried out: ${refundTool}:A-1.`)
  })
})

describe('what is not taken to another source', () => {
  it.each([
    ['a refused key', fault('openai.401', 'primary')],
    ['a wrong request', fault('openai.400', 'primary')],
    ['a request that is too long', fault('openai.400.context', 'primary', undefined, { windowTokens: 8_192 })],
  ])('%s', async (_what, refused) => {
    const played = await atTheDesk({ options: chain(cache, simplified, emergency), faults: [refused] }, (ask) => ask())
    expect(played.value).toMatchObject({ answer: null, claims: { source: 'none' } })
    expect(callsOf(played, 'backup')).toBe(0)
  })

  it('a refused key, unless the options say so', async () => {
    const options = { fallback: { sources: [simplified], onNeutral: true } }
    const { value } = await atTheDesk({ options, faults: [fault('openai.401', 'primary')] }, (ask) => ask())
    expect(value.claims?.source).toBe('simplified')
  })

  it('a cancelled task', async () => {
    const faults = [fault('net.hang.headers', 'primary')]
    const played = await atTheDesk({ options: chain(simplified), faults }, (ask) => ask({ cancelAfterMs: 500 }))
    expect(played.value).toMatchObject({ answer: null, stop: 'cancelled' })
    expect(callsOf(played, 'backup')).toBe(0)
  })
})

describe('a cached answer', () => {
  const faults = [fault('openai.503', 'primary', { on: 'burst', from: 2, length: 99 })]
  const options = chain(cache, emergency)

  it('is given again to the same user for the same words, with the time at which it was made', async () => {
    const { value } = await atTheDesk({ options, faults }, async (ask) => {
      await ask({ user: 'one' })
      await sleep(30_000)
      return ask({ user: 'one' })
    })
    expect(value).toMatchObject({
      answer: 'From the primary.',
      stop: 'end_turn',
      claims: { source: 'cache', degraded: true, asOfMs: epochMs + 600 },
    })
  })

  it.each([
    ['to another user', { user: 'other' }],
    ['to nobody in particular', {}],
    ['for other words', { user: 'one', input: 'Where are you?' }],
    ['once it is too old', { user: 'one', atMs: 60_000 }],
  ])('is not given %s', async (_what, task) => {
    const { value } = await atTheDesk({ options, faults }, async (ask) => {
      await ask({ user: 'one' })
      return ask(task)
    })
    expect(value.claims?.source).toBe('emergency')
  })

  it('is none that needed a tool', async () => {
    const after = [fault('openai.503', 'primary', { on: 'burst', from: 3, length: 99 })]
    const { value } = await atTheDesk({ options, faults: after, primary: asksFor(refundTool) }, async (ask) => {
      await ask({ user: 'one' })
      return ask({ user: 'one' })
    })
    expect(value.claims?.source).toBe('emergency')
  })

  it('is none of another source than the primary', async () => {
    const { value } = await atTheDesk(
      {
        options: chain(cache, simplified, emergency),
        faults: [failing(99), fault('openai.503', 'backup', { on: 'nth', n: 2 })],
      },
      async (ask) => [await ask({ user: 'one' }), await ask({ user: 'one' })].map(({ claims }) => claims?.source),
    )
    expect(value).toEqual(['simplified', 'emergency'])
  })
})

describe('the accuracy that is declared', () => {
  it('is that of the source, and unknown for a source without one', async () => {
    const options = { ...chain(simplified), accuracy: { primary: 0.9 } }
    const faults = [fault('openai.503', 'primary', { on: 'nth', n: 2 })]
    const { value } = await atTheDesk({ options, faults }, async (ask) => [await ask(), await ask()])
    expect(value.map(({ claims }) => claims?.declaredAccuracy)).toEqual([0.9, 'unknown'])
  })
})

import { describe, expect, it } from 'vitest'
import type { Alert } from '../../../../src/agent/operations/alert.ts'
import { shownKey } from '../../../../src/agent/operations/keys/api-key.ts'
import type { KeySource } from '../../../../src/agent/operations/keys/api-key.ts'
import { KeyRing } from '../../../../src/agent/operations/keys/key-ring.ts'
import { createReferenceAgent } from '../../../../src/agent/reference-agent.ts'
import { anthropicMessages } from '../../../../src/wire/anthropic/anthropic-messages.ts'
import { openAiChat } from '../../../../src/wire/openai/openai-chat.ts'
import { play, rejection } from '../../../wire/_play.ts'
import { sleep } from '../../_desk.ts'
import { abortedAfter, give, giveAll } from '../_floor.ts'
import { keyOf, lockedBy, numberedKeys } from './_locked.ts'
import type { Lock } from './_locked.ts'

interface Desk {
  readonly lock: Lock
  readonly source: KeySource
  readonly ring?: Partial<ConstructorParameters<typeof KeyRing>[0]>
  readonly provider?: 'openai' | 'anthropic'
  readonly stream?: boolean
}

/** Plays a scene with an agent whose key comes from a ring. */
async function withRing<Value>(
  { lock, source, ring = {}, provider = 'openai', stream = false }: Desk,
  scene: (agent: ReturnType<typeof createReferenceAgent>, ring: KeyRing) => Promise<Value>,
) {
  const alerts: Alert[] = []
  const script = () => ({ content: 'Hello.' })
  const upstream = provider === 'openai' ? openAiChat({ script }) : anthropicMessages({ name: 'anthropic', script })
  const baseURL = provider === 'openai' ? 'https://api.openai.com/v1' : 'https://api.anthropic.com'
  const played = await play({ upstreams: [lock.behind(upstream)] }, async () => {
    const apiKey = new KeyRing({ name: 'the model', source, onAlert: (alert) => alerts.push(alert), ...ring })
    const client = { apiKey, baseURL, model: 'large', provider }
    return scene(createReferenceAgent({ client, instructions: 'Help.', retry: { maxAttempts: 1 }, stream }), apiKey)
  })
  return { ...played, alerts, kinds: alerts.map(({ kind }) => kind) }
}

const never = new AbortController().signal
const hourMs = 3_600_000
const dayMs = 24 * hourMs

describe('a key that is refused', () => {
  it.each([
    ['openai', false],
    ['openai', true],
    ['anthropic', false],
    ['anthropic', true],
  ] as const)(
    'makes way for another, with which the call is made once more: %s, streamed %s',
    async (provider, stream) => {
      const lock = lockedBy(keyOf(2))
      const desk = { lock, source: numberedKeys(lock), provider, stream }
      const { value, alerts } = await withRing(desk, (agent) => giveAll(agent, 2))
      expect(value.map(({ stop }) => stop)).toEqual(['end_turn', 'end_turn'])
      expect(lock.seen).toEqual([keyOf(1), keyOf(2), keyOf(2)])
      expect(alerts).toEqual([
        {
          ...{ kind: 'key_rotated', severity: 'info', subject: 'the model', atMs: expect.any(Number) },
          message: 'The key sk-live… made way for sk-live…, after it was refused.',
        },
      ])
    },
  )

  it('is rotated once, however many calls meet it', async () => {
    const lock = lockedBy(keyOf(2))
    const source = numberedKeys(lock)
    const { value } = await withRing({ lock, source }, (agent) =>
      Promise.all(['a', 'b', 'c'].map((w) => give(agent, w))),
    )
    expect(value.map(({ stop }) => stop)).toEqual(['end_turn', 'end_turn', 'end_turn'])
    expect(source.rotations).toEqual(['refused'])
  })

  it('is not rotated over and over where each new one is refused too', async () => {
    const lock = lockedBy()
    const source = numberedKeys(lock)
    const rotate: KeySource['rotate'] = async (options) => {
      const key = await source.rotate(options)
      lock.valid.clear()
      return key
    }
    const { value } = await withRing({ lock, source: { ...source, rotate } }, async (agent) => {
      const outcomes = await giveAll(agent, 3)
      await sleep(60_000)
      return [...outcomes, await give(agent)]
    })
    expect(value.map(({ stop }) => stop)).toEqual(Array(4).fill('llm_api_error'))
    expect(lock.seen.map((key) => key[8])).toEqual(['1', '2', '2', '2', '3'])
  })

  it('is in no word of what is thrown, nor in any alert, although the service quotes it', async () => {
    const lock = lockedBy()
    const source = numberedKeys(lock)
    const rotate: KeySource['rotate'] = () => Promise.reject(new Error(`no luck with ${keyOf(1)}`))
    const { value, alerts } = await withRing({ lock, source: { ...source, rotate } }, async (_agent, ring) => {
      const { default: OpenAI } = await import('openai')
      return rejection(
        ring.use((apiKey) => {
          const client = new OpenAI({ apiKey, maxRetries: 0 })
          return client.chat.completions.create({ model: 'm', messages: [{ role: 'user', content: 'Hi' }] })
        }, never),
      )
    })
    expect(value.message).toContain('401')
    expect(everyWord(value)).not.toContain(keyOf(1))
    expect(everyWord(value)).toContain('sk-live…')
    expect(JSON.stringify(alerts)).not.toContain(keyOf(1))
    expect(alerts).toMatchObject([{ kind: 'key_rotation_failed', severity: 'critical' }])
  })
})

describe('a key that will expire', () => {
  it('is rotated before, by the call that meets it, and stays in use until then', async () => {
    const lock = lockedBy(keyOf(1))
    const source = numberedKeys(lock, 10 * hourMs)
    const { value, kinds } = await withRing({ lock, source, ring: { rotateBeforeMs: hourMs } }, async (agent) => {
      const first = await give(agent)
      await sleep(9 * hourMs - 1_000)
      const second = await give(agent)
      await sleep(1_000)
      return [first, second, await give(agent)].map(({ stop }) => stop)
    })
    expect(value).toEqual(['end_turn', 'end_turn', 'end_turn'])
    expect(lock.seen).toEqual([keyOf(1), keyOf(1), keyOf(2)])
    expect(source.rotations).toEqual(['expiring'])
    expect(kinds).toEqual(['key_rotated'])
  })

  it('is rotated seven days before, where nothing else is said', async () => {
    const lock = lockedBy(keyOf(1))
    const source = numberedKeys(lock, 7 * dayMs + 2 * hourMs)
    await withRing({ lock, source }, async (agent) => {
      await give(agent)
      await sleep(2 * hourMs - 60_000)
      await give(agent)
      expect(source.rotations).toEqual([])
      await sleep(60_000)
      return give(agent)
    })
    expect(source.rotations).toEqual(['expiring'])
  })

  it('is used for half its time where the source has none that last longer', async () => {
    const lock = lockedBy(keyOf(1))
    const source = numberedKeys(lock, hourMs)
    await withRing({ lock, source, ring: { rotateBeforeMs: 24 * hourMs } }, async (agent) => {
      for (let calls = 0; calls < 5; calls++) {
        await give(agent)
        await sleep(hourMs / 4)
      }
    })
    expect(lock.seen.map((key) => key[8])).toEqual(['2', '2', '3', '3', '4'])
  })

  it('stays in use where the source fails, which is not asked again at once', async () => {
    const lock = lockedBy(keyOf(1))
    const asked: number[] = []
    const rotate: KeySource['rotate'] = () => {
      asked.push(performance.now())
      return new Promise(() => {})
    }
    const source = { ...numberedKeys(lock, hourMs), rotate }
    const { value, kinds } = await withRing({ lock, source, ring: { pauseMs: 30_000 } }, async (agent) => {
      const outcomes = await giveAll(agent, 3)
      await sleep(30_000)
      return [...outcomes, await give(agent)]
    })
    expect(value.map(({ stop }) => stop)).toEqual(Array(4).fill('end_turn'))
    expect(asked).toEqual([0, 41_800])
    expect(kinds).toEqual(['key_rotation_failed', 'key_rotation_failed'])
  })
})

describe('a ring of keys', () => {
  it('lets a call go that is cancelled while a key is on its way, and sends nothing for it', async () => {
    const lock = lockedBy(keyOf(2))
    const { value } = await withRing({ lock, source: numberedKeys(lock) }, async (agent) => {
      const outcome = await give(agent, 'Hi.', abortedAfter(620))
      const endedMs = performance.now()
      await sleep(1_000)
      return { stop: outcome.stop, endedMs }
    })
    expect(value).toEqual({ stop: 'cancelled', endedMs: 620 })
    expect(lock.seen).toEqual([keyOf(1)])
  })

  it('says in one sentence that there is no key, and not what the source said', async () => {
    const source: KeySource = {
      current: () => Promise.reject(new Error(`vault sealed for ${keyOf(1)}`)),
      rotate: () => Promise.reject(new Error('no')),
    }
    const error = await rejection(new KeyRing({ name: 'the model', source }).use(async () => 1, never))
    expect(error.message).toBe('The source of the keys of the model gave no key; check the source and retry.')
    expect(everyWord(error)).not.toContain(keyOf(1))
  })

  it('asks its source again after it has failed', async () => {
    let asked = 0
    const current = async () => {
      if (asked++ === 0) throw new Error('no')
      return { value: keyOf(1) }
    }
    const ring = new KeyRing({ name: 'the model', source: { current, rotate: current } })
    await rejection(ring.use(async (key) => key, never))
    expect(await ring.use(async (key) => key, never)).toBe(keyOf(1))
  })

  it('passes other errors on without a rotation', async () => {
    const source = { current: async () => ({ value: keyOf(1) }), rotate: () => Promise.reject(new Error('not asked')) }
    const ring = new KeyRing({ name: 'the model', source })
    const error = await rejection(ring.use((key) => Promise.reject(new Error(`bad ${key}`)), never))
    expect(error.message).toBe('bad sk-live…')
  })

  it.each([
    ['sk-0123456789abcdefghijklmnopqrstuvwxyz', 'sk-01234…'],
    ['0123456789abcdef', '0123…'],
    ['abc', '…'],
  ])('shows of the key %s no more than %s', (key, shown) => {
    expect(shownKey(key)).toBe(shown)
  })
})

/** All text anywhere in an error, hidden fields included. */
function everyWord(value: unknown, depth = 6): string {
  if (typeof value === 'string') return value
  if (typeof value !== 'object' || value === null || depth === 0) return ''
  if (value instanceof Headers) return [...value].flat().join(' ')
  return Reflect.ownKeys(value)
    .map((name) => everyWord(Reflect.get(value, name), depth - 1))
    .join('\n')
}

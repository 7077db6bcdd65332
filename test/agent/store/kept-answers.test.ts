import { inLives } from './_lives.ts'
import { openStore, storeFault, storePath } from './_store.ts'
import { DatabaseSync } from 'node:sqlite'
import { describe, expect, it } from 'vitest'
import type { Fault } from '../../../src/contract/fault.ts'
import type { TraceEvent } from '../../../src/contract/event.ts'
import { callsOf, failing, fault, sleep } from '../_desk.ts'

const cache = { kind: 'cache', maxStaleMs: 60_000 } as const
const model = { name: 'backup', apiKey: 'key', baseURL: 'https://backup.test/v1', model: 'small' }
const other = { kind: 'model', client: model, instructions: 'Be brief.' } as const
const cached = { fallback: { sources: [cache] } }
/** The primary answers so often, and never again. */
const outageAfter = (calls: number): Fault =>
  fault('openai.503', 'primary', { on: 'burst', from: calls + 1, length: 99 })

describe('an answer that is kept in a store', () => {
  it('is given by the next process, with the age that it has', async () => {
    const { value } = await inLives({ options: cached, faults: [outageAfter(1)] }, async (born) => {
      await born()()
      const madeAtMs = Date.now()
      await sleep(59_000)
      const inTime = await born()()
      await sleep(1_000)
      return { madeAtMs, inTime, late: await born()() }
    })
    const { madeAtMs, inTime, late } = value
    expect(inTime).toMatchObject({ answer: 'From the primary.', stop: 'end_turn' })
    expect(inTime.claims).toMatchObject({ source: 'cache', degraded: true, asOfMs: madeAtMs })
    expect(late).toMatchObject({ answer: null, stop: 'llm_api_error' })
  })

  it('makes way for one that was used later, in whatever process', async () => {
    const options = { fallback: { sources: [{ ...cache, maxEntries: 2 }] } }
    const down = fault('openai.503', 'primary', { on: 'nth', n: 3 })
    const { value } = await inLives({ options, faults: [down, outageAfter(4)] }, async (born) => {
      for (const question of ['one', 'two', 'one', 'three']) await born()(question)
      const last = born()
      const answers = []
      for (const question of ['one', 'two', 'three']) answers.push((await last(question)).answer)
      return [answers, (await openStore().answers.list(null)).length]
    })
    expect(value).toEqual([['From the primary.', null, 'From the primary.'], 2])
  })
})

describe('a task that was answered from the cache', () => {
  it.each([
    [500, 'cache'],
    [15_000, 'none'],
  ])('is given that answer again after %i ms: %s', async (laterMs, source) => {
    const options = { fallback: { sources: [{ ...cache, maxStaleMsFor: () => 5_000 }] } }
    const { value } = await inLives({ options, faults: [outageAfter(1)] }, async (born) => {
      await born()('Open?', { id: 'T-1' })
      const first = await born()('Open?', { id: 'T-2' })
      await sleep(laterMs)
      const again = await born()('Open?', { id: 'T-2' })
      return [first.claims?.source, again.claims?.source]
    })
    expect(value).toEqual(['cache', source])
  })
})

describe('a task that another source than the primary has answered', () => {
  const options = { fallback: { sources: [other] } }

  it('is answered alike when it is handed over again, and nobody is asked', async () => {
    const played = await inLives({ options, faults: [failing(1)] }, async (born) => [
      await born()('Open?', { id: 'T-1' }),
      await born()('Open?', { id: 'T-1' }),
    ])
    const [first, again] = played.value
    expect(first).toMatchObject({ answer: 'From the backup.', stop: 'end_turn', claims: { source: 'simplified' } })
    expect(again).toMatchObject({ answer: 'From the backup.', stop: 'end_turn' })
    expect(again?.claims).toMatchObject({ source: 'simplified', degraded: true, refusals: [] })
    expect([callsOf(played, 'primary'), callsOf(played, 'backup')]).toEqual([1, 1])
  })

  it('is answered alike while the agent is in safe mode', async () => {
    const safeMode = { failedTasks: 1, message: 'Closed for a moment.', probeAfterMs: 20_000 }
    const played = await inLives({ options: { safeMode }, faults: [outageAfter(1)] }, async (born) => {
      await born()('Open?', { id: 'T-1' })
      await born()('Else?')
      return [(await born()('Else?')).answer, (await born()('Open?', { id: 'T-1' })).answer]
    })
    expect(played.value).toEqual(['Closed for a moment.', 'From the primary.'])
  })

  it('is asked again once the answer is one that was kept too long ago', async () => {
    const { value } = await inLives(
      { options: cached, faults: [fault('openai.503', 'primary', { on: 'nth', n: 2 })] },
      async (born) => {
        await born()()
        const first = await born()(undefined, { id: 'T-1' })
        await sleep(59_000)
        const again = await born()(undefined, { id: 'T-1' })
        await sleep(1_000)
        return [first, again, await born()(undefined, { id: 'T-1' })]
      },
    )
    expect(value.map(({ claims }) => claims?.source)).toEqual(['cache', 'cache', 'primary'])
    expect(value[1]?.claims?.asOfMs).toBe(value[0]?.claims?.asOfMs)
  })

  it('is tried at the primary again where it was no answer but a text', async () => {
    const text = { fallback: { sources: [{ kind: 'text' as const, text: 'Later, please.' }] } }
    const { value } = await inLives({ options: text, faults: [failing(1)] }, async (born) => [
      (await born()('Open?', { id: 'T-1' })).answer,
      (await born()('Open?', { id: 'T-1' })).answer,
    ])
    expect(value).toEqual(['Later, please.', 'From the primary.'])
  })
})

describe('a store that fails where guards are kept', () => {
  const options = { fallback: { sources: [cache, other] }, breaker: { consecutiveFailures: 1, cooldownMs: 30_000 } }
  const scene = (faults: readonly Fault[]) =>
    inLives({ options, faults: [outageAfter(1), ...faults] }, async (born, told) => {
      const answers = []
      // Made, then given from what is kept, by two lives.
      for (const ask of [born(), born()]) for (let task = 0; task < 2; task++) answers.push((await ask()).answer)
      return { answers, told: told.map(({ operation, kind }) => `${operation} ${kind}`) }
    })

  /** The statements of the store, from 1, that are about breakers and kept answers. */
  function aboutGuards(events: readonly TraceEvent[]): number[] {
    const sent = events.filter((event) => event.type === 'request.sent' && event.upstream === 'memory')
    return sent.flatMap((event, index) =>
      event.type === 'request.sent' && /^(SELECT|INSERT|DELETE).*(breakers|answers)/.test(event.body)
        ? [index + 1]
        : [],
    )
  }

  const cases = [
    ['store.full', {}, 'full'],
    ['store.readonly', {}, 'failed'],
    ['store.connection', { form: 'folder_gone' }, 'gone'],
    ['store.query', {}, 'failed'],
  ] as const

  it.each(cases)('%s %j fails no task, and is told by its class', async (id, parameters, kind) => {
    const guards = aboutGuards((await scene([])).events)
    expect(guards.length).toBeGreaterThan(8)
    let delivered = 0
    for (const n of guards) {
      const { value, deliveries } = await scene([storeFault(id, { on: 'nth', n }, parameters)])
      const what = `${id} at statement ${n}`
      expect([what, value.answers]).toEqual([what, value.answers.map(() => expect.stringMatching(/^From the/))])
      if (deliveries[1] !== 1) continue
      delivered += 1
      expect([what, value.told.length]).toEqual([what, 1])
      expect([what, value.told[0]]).toEqual([what, expect.stringMatching(`^(read|write) ${kind}$`)])
    }
    expect(delivered).toBeGreaterThan(1)
  })

  it('waits for a lock, and tells what outlasts its waits', async () => {
    const [first = 0] = aboutGuards((await scene([])).events)
    const short = await scene([storeFault('store.busy', { on: 'burst', from: first, length: 3 })])
    expect(short.value.told).toEqual([])
    const long = await scene([storeFault('store.busy', { on: 'burst', from: first, length: 7 })])
    expect(long.value.told).toEqual(['read busy'])
    for (const { answers } of [short.value, long.value])
      expect(new Set(answers)).toEqual(new Set(['From the primary.']))
  })

  it('writes later what it could not write', async () => {
    const twice = async (faults: readonly Fault[]) =>
      inLives({ options, faults: [outageAfter(1), ...faults] }, async (born, told) => {
        const first = born()
        await first()
        await first()
        const before = (await openStore().breakers.list(null)).length
        await first()
        return { told: told.length, kept: [before, (await openStore().breakers.list(null)).length] }
      })
    const whole = await twice([])
    const sent = whole.events.filter((event) => event.type === 'request.sent' && event.upstream === 'memory')
    const nth = sent.findIndex((event) => event.type === 'request.sent' && event.body.includes('INTO breakers')) + 1
    expect(whole.value).toEqual({ told: 0, kept: [1, 1] })
    const once = await twice([storeFault('store.readonly', { on: 'nth', n: nth })])
    expect(once.value).toEqual({ told: 1, kept: [1, 1] })
  })

  it('goes on without what is damaged, and replaces it', async () => {
    const { value } = await inLives({ options, faults: [outageAfter(2)] }, async (born, told) => {
      await born()('one')
      const file = new DatabaseSync(storePath)
      file.exec(`UPDATE answers SET body = '{}'`)
      file.close()
      const later = born()
      const other = await later('one')
      const heard = told.map(({ operation, kind }) => `${operation} ${kind}`)
      return [heard, other.answer, (await born()('one')).claims?.source, told.length]
    })
    expect(value).toEqual([['read corrupt'], 'From the primary.', 'cache', 1])
  })
})

import { atKeepingDesk, killAt, outage } from './_keeping-desk.ts'
import type { StoreChange } from './_keeping-desk.ts'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Fault } from '../../../src/contract/fault.ts'
import { callPoints } from '../../../src/wire/happening.ts'

const anyOutage = fc.record({ from: fc.integer({ min: 1, max: 4 }), length: fc.constantFrom(1, 2, 3, 99) })
const anyKill = fc.record({
  name: fc.constantFrom('memory', 'memory', 'primary', 'backup'),
  n: fc.integer({ min: 1, max: 100 }),
  at: fc.constantFrom(...callPoints),
  afterMicrotasks: fc.integer({ min: 0, max: 10 }),
  downMs: fc.constantFrom(1, 500, 20_000, 40_000),
})

/** What becomes of what an earlier process has kept. */
const forgetsBreakers: StoreChange = (store) => ({ ...store, breakers: { ...store.breakers, get: async () => null } })
const coolsDownAnew: StoreChange = (store) => ({
  ...store,
  breakers: {
    ...store.breakers,
    get: async (id, options) => {
      const record = await store.breakers.get(id, options)
      return record && { ...record, state: 'open', openUntilMs: Date.now() + record.cooldownMs }
    },
  },
})
const makesAnswersYoung: StoreChange = (store) => ({
  ...store,
  answers: {
    ...store.answers,
    list: async (scope, options) =>
      (await store.answers.list(scope, options)).map((answer) => ({ ...answer, asOfMs: Date.now() })),
  },
})

describe('an agent that keeps what its guards know', () => {
  it('is never accused, whenever it is killed', async () => {
    await fc.assert(
      fc.asyncProperty(
        anyOutage,
        fc.array(anyKill, { minLength: 1, maxLength: 2 }),
        async ({ from, length }, kills) => {
          const planned = kills.map(({ name, n, ...parameters }) =>
            killAt(name, name === 'memory' ? n : 1 + (n % 6), parameters),
          )
          const { violated, verdicts } = await atKeepingDesk([outage(from, length), ...planned])
          expect(violated.map((id) => [id, verdicts.get(id)])).toEqual([])
        },
      ),
      { numRuns: 60 },
    )
  }, 120_000)

  /** The primary fails twice; the third task finds its breaker open, and its process is killed. */
  const whileOpen = [outage(1, 2), killAt('backup', 3)]
  const triggersOf = async (faults: readonly Fault[], id: string, change?: StoreChange) =>
    (await atKeepingDesk(faults, change)).verdicts.get(id)

  it('shows that its breaker outlives it, and that is found where it does not', async () => {
    expect(await triggersOf(whileOpen, 'B22')).toMatchObject({ verdict: 'holds' })
    expect(await triggersOf([outage(1, 2)], 'B22')).toEqual({ verdict: 'vacuous' })
    const forgetful = await atKeepingDesk(whileOpen, forgetsBreakers)
    expect(forgetful.violated).toEqual(['B22'])
    expect(forgetful.verdicts.get('B22')).toMatchObject({
      witness: {
        sentence: expect.stringMatching(
          /^2 failures in a row to "primary" ended at 5\.600 s, so no call may begin before 35\.600 s, but the next process began call \d+ at 10\.500 s$/,
        ),
      },
    })
  })

  it('is found where its breaker cools down anew with each process', async () => {
    const arrivals = ['ann', 'ben', 'cem', 'dora', 'eve', 'finn'].map((task, index) => ({ task, atMs: index * 9_000 }))
    const anew = await atKeepingDesk(whileOpen, coolsDownAnew, arrivals)
    expect(anew.violated).toContain('B22')
    expect(anew.verdicts.get('B22')).toMatchObject({
      witness: { sentence: expect.stringContaining('had sent none since') },
    })
  })

  /** The first answer is kept; the same is asked half a minute later of another process, and again too late. */
  const late = ['ann', 'ben', 'ann', 'ann'].map((task, index) => ({
    task,
    atMs: [0, 30_000, 50_000, 70_000][index] ?? 0,
  }))
  const afterwards = [outage(2, 99), killAt('backup', 1)]

  it('shows that an answer grows no younger, and that is found where it does', async () => {
    const arrivals = late.map(({ atMs }, index) => ({ task: ['ann', 'ben', 'dora', 'dora'][index] ?? '', atMs }))
    const honest = await atKeepingDesk(afterwards, undefined, arrivals)
    expect(honest.violated).toEqual([])
    expect(honest.verdicts.get('F5')).toMatchObject({ verdict: 'holds' })
    const young = await atKeepingDesk(afterwards, makesAnswersYoung, arrivals)
    expect(young.violated).toContain('F5')
    expect(young.verdicts.get('F5')).toMatchObject({
      witness: { sentence: expect.stringMatching(/from source "cache", but it (was made|claims to be)/) },
    })
  })
})

import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { findMinimalCauses } from '../../src/scenario/minimal-causes.ts'

/** Fails whenever all parts of one of the given causes are there. */
function failsBy(causes: readonly (readonly number[])[], runs: { count: number } = { count: 0 }, most = 1_000) {
  return (parts: readonly number[]): Promise<boolean | null> => {
    if (runs.count++ >= most) return Promise.resolve(null)
    return Promise.resolve(causes.some((cause) => cause.every((part) => parts.includes(part))))
  }
}

const parts = Array.from({ length: 9 }, (_, part) => part)
const cause = fc.uniqueArray(fc.constantFrom(...parts), { minLength: 1, maxLength: 3 })

/** Those that no other is a part of. */
function minimalOf(causes: readonly (readonly number[])[]): string[] {
  const keys = causes.map((one) => one.toSorted((a, b) => a - b))
  const minimal = keys.filter(
    (one) => !keys.some((other) => other.length < one.length && other.every((part) => one.includes(part))),
  )
  return [...new Set(minimal.map(String))].toSorted()
}

describe('findMinimalCauses', () => {
  it('finds every minimal cause there is, up to five', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(cause, { minLength: 1, maxLength: 3 }), async (causes) => {
        const found = await findMinimalCauses(parts, failsBy(causes))
        expect(found.isMinimal).toBe(true)
        expect([found.set, ...found.alternatives].map(String).toSorted()).toEqual(minimalOf(causes))
      }),
    )
  })

  it('finds a set from which nothing can be left out, whatever the failure hangs on', async () => {
    await fc.assert(
      fc.asyncProperty(fc.func(fc.boolean()), async (chance) => {
        const fails = (some: readonly number[]): boolean => some.length === parts.length || chance(String(some))
        const { set } = await findMinimalCauses(parts, (some) => Promise.resolve(fails(some)))
        expect(fails(set)).toBe(true)
        for (const part of set) expect(fails(set.filter((one) => one !== part))).toBe(false)
      }),
    )
  })

  it('takes few runs for one cause among many parts', async () => {
    const many = Array.from({ length: 256 }, (_, part) => part)
    const runs = { count: 0 }
    expect(await findMinimalCauses(many, failsBy([[77]], runs))).toEqual({
      set: [77],
      alternatives: [],
      isMinimal: true,
    })
    expect(runs.count).toBeLessThan(30)
  })

  it('stops at the bound and says that more could be left out', async () => {
    const { set, alternatives, isMinimal } = await findMinimalCauses(parts, failsBy([[1], [2]], { count: 0 }, 3))
    expect(isMinimal).toBe(false)
    expect(alternatives).toEqual([])
    expect(set).toContain(1)
  })
})

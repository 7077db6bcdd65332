import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { describeThrown } from '../../src/contract/describe-thrown.ts'

const fails = (): never => {
  throw new Error('no')
}
class Refund {
  readonly order = 'A-1'
}

const cyclic: { self?: unknown } = {}
cyclic.self = cyclic

const { proxy: revoked, revoke } = Proxy.revocable({}, {})
revoke()

/** Values that defend themselves against being looked at. */
const hostile: readonly unknown[] = [
  revoked,
  new Proxy({}, { get: fails }),
  new Proxy({}, { getPrototypeOf: fails }),
  new Proxy({}, { ownKeys: fails }),
  new Proxy(new Error('hidden'), { get: fails }),
  Object.create(null),
  { toJSON: fails },
  {
    get constructor() {
      return fails()
    },
  },
  { constructor: { name: Symbol('name') } },
  {
    get amount() {
      return fails()
    },
  },
  Object.defineProperty(new Error('hidden'), 'message', { get: fails }),
  Object.assign(new Error('named'), { name: Symbol('name') }),
  Object.assign(new Error('named'), { name: { toString: fails } }),
  Object.assign(() => {}, { toString: fails }),
  Object.defineProperty(() => {}, 'name', { get: fails }),
  cyclic,
  { amount: 5n },
  Symbol(),
]

describe('a thrown value in words', () => {
  it.each([
    [new TypeError('orders is undefined'), 'TypeError: orders is undefined'],
    ['out of stock', 'string "out of stock"'],
    ['', 'string ""'],
    [undefined, 'undefined'],
    [null, 'null'],
    [404, 'number 404'],
    [Number.NaN, 'number NaN'],
    [12n, 'bigint 12'],
    [false, 'boolean false'],
    [Symbol('stop'), 'symbol Symbol(stop)'],
    [{ status: 404 }, 'Object {"status":404}'],
    [new Refund(), 'Refund {"order":"A-1"}'],
    [[1, 2], 'Array [1,2]'],
    [Object.assign(Object.create(null), { status: 1 }), 'object {"status":1}'],
    [function refund() {}, 'function refund'],
    [cyclic, 'Object { self }'],
    [{ amount: 5n }, 'Object { amount }'],
  ])('says of %o what it is', (thrown, words) => {
    expect(describeThrown(thrown)).toBe(words)
  })

  it('says of a value that defends itself that it cannot be described', () => {
    expect(describeThrown(revoked)).toBe('a value that cannot be described')
  })

  it('never throws itself, for anything', () => {
    const anything = fc.anything({
      withBigInt: true,
      withBoxedValues: true,
      withDate: true,
      withMap: true,
      withSet: true,
      withTypedArray: true,
      withSparseArray: true,
      withNullPrototype: true,
      withObjectString: true,
      withUnicodeString: true,
    })
    fc.assert(
      fc.property(anything, (thrown) => {
        expect(describeThrown(thrown)).toBeTypeOf('string')
      }),
      { numRuns: 1_000 },
    )
    for (const thrown of hostile) expect(describeThrown(thrown)).toBeTypeOf('string')
  })

  it('stays short, and leaves out the stack', () => {
    expect(describeThrown('x'.repeat(1_000_000)).length).toBeLessThan(1_100)
    const nested = describeThrown({ error: new Error('inner'), self: cyclic })
    expect(nested).not.toContain('.test.ts')
    expect(describeThrown(new Error('outer'))).toBe('Error: outer')
  })
})

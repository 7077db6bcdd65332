import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { faultPlanSchema } from '../../src/contract/fault.ts'
import { memberArbitrary } from '../../src/faults/arbitraries/member.ts'
import { catalogue } from '../../src/faults/catalogue.ts'
import { type ReplayToken, decodeToken, encodeToken } from '../../src/scenario/replay-token.ts'

const anyFault = fc.oneof(
  ...catalogue.flatMap(({ id, targets }) =>
    targets.map((kind) => fc.string({ minLength: 1 }).chain((name) => memberArbitrary(id, { kind, name }))),
  ),
)
/** Plans of others hold whatever JSON holds. */
const foreignFault = fc.record({
  id: fc.string({ minLength: 1 }),
  target: fc.record({ kind: fc.constantFrom('model' as const, 'tool' as const), name: fc.string({ minLength: 1 }) }),
  trigger: fc.record({ on: fc.constant('rate' as const), rate: fc.double({ min: 0, max: 1, noNaN: true }) }),
  parameters: fc.dictionary(
    fc.string({ unit: 'binary' }),
    fc.oneof(fc.string({ unit: 'binary' }), fc.double({ noNaN: true, noDefaultInfinity: true }), fc.boolean()),
  ),
})
const anyToken: fc.Arbitrary<ReplayToken> = fc.record({
  file: fc.string({ unit: 'binary' }),
  scenario: fc.string({ unit: 'grapheme' }),
  seed: fc.maxSafeNat(),
  trial: fc.nat(),
  property: fc.string({ minLength: 1 }),
  plan: fc.record({ faults: fc.array(fc.oneof(anyFault, foreignFault), { maxLength: 5 }) }),
  hash: fc.stringMatching(/^[0-9a-f]{16}$/),
})

const example: ReplayToken = {
  file: 'scenarios/support/support-agent.scenario.ts',
  scenario: 'support agent',
  seed: 1,
  trial: 42,
  property: 'R4',
  plan: {
    faults: [{ id: 'net.refused', target: { kind: 'tool', name: '*' }, trigger: { on: 'nth', n: 1 }, parameters: {} }],
  },
  hash: '0123456789abcdef',
}

const refusal = (word: string) => {
  const start = word.length > 24 ? `${word.slice(0, 24)}...` : word
  return expect.objectContaining({
    kind: 'usage',
    code: 'SHAKEDOWN_REPLAY_TOKEN',
    message: `replay token "${start}" is incomplete, altered or of another version; copy the whole word after "replay" from the report.`,
  })
}

/** Writes any content as a token of this version. */
function forge(content: string): string {
  const genuine = encodeToken(example)
  const text = Buffer.from(content).toString('base64url')
  let sum = 7
  for (const character of text) sum = (Math.imul(sum, 31) + character.charCodeAt(0)) >>> 0
  return `${genuine.slice(0, genuine.indexOf('.') + 1)}${text}.${sum.toString(36)}`
}

describe('a replay token', () => {
  it('says what was written into it, for any plan', () => {
    fc.assert(
      fc.property(anyToken, (token) => {
        const read = decodeToken(encodeToken(token))
        // JSON knows one zero.
        const written: unknown = JSON.parse(JSON.stringify(token))
        expect(read).toEqual(written)
        expect(faultPlanSchema.parse(read.plan)).toEqual(read.plan)
        expect(encodeToken(read)).toBe(encodeToken(token))
      }),
    )
  })

  it('is one word that a shell leaves alone', () => {
    fc.assert(
      fc.property(anyToken, (token) => {
        expect(encodeToken(token)).toMatch(/^sd1\.[A-Za-z0-9_-]+\.[a-z0-9]+$/)
      }),
    )
  })

  it('that was cut short anywhere is refused in one sentence', () => {
    const word = encodeToken(example)
    for (let length = 0; length < word.length; length++) {
      const cut = word.slice(0, length)
      expect(() => decodeToken(cut), cut).toThrow(refusal(cut))
    }
  })

  it('with a character mistyped, doubled, swapped or appended is refused', () => {
    const word = encodeToken(example)
    fc.assert(
      fc.property(fc.nat(word.length - 1), fc.stringMatching(/^[\w.-]$/), (at, character) => {
        const typed = [
          word.slice(0, at) + character + word.slice(at + 1),
          word.slice(0, at) + character + word.slice(at),
          word.slice(0, at) + (word[at + 1] ?? '') + (word[at] ?? '') + word.slice(at + 2),
          word + character,
        ]
        for (const mistyped of typed) {
          if (mistyped !== word) expect(() => decodeToken(mistyped), mistyped).toThrow(refusal(mistyped))
        }
      }),
      { numRuns: 500 },
    )
  })

  it('with words of another after it is refused', () => {
    const word = `${encodeToken(example)}.more`
    expect(() => decodeToken(word)).toThrow(refusal(word))
  })

  it.each([
    ['another version', encodeToken(example).replace('sd1.', 'sd2.')],
    ['no token at all', 'hello'],
    ['nothing', ''],
    ['no JSON', forge('{"file":')],
    ['something else as JSON', forge('[1, 2]')],
    ['a field missing', forge(JSON.stringify({ ...example, plan: undefined }))],
    ['a field too many', forge(JSON.stringify({ ...example, more: 1 }))],
    ['a trial below zero', forge(JSON.stringify({ ...example, trial: -1 }))],
    ['an impossible trigger', forge(JSON.stringify(example).replace('"n":1', '"n":0'))],
  ])('of %s is refused', (_what, word) => {
    expect(() => decodeToken(word)).toThrow(refusal(word))
  })

  it('that was forged well is read, so that the ones above are refused for what they say', () => {
    expect(decodeToken(forge(JSON.stringify(example)))).toEqual(example)
  })

  it('is never written of something that could not be read back', () => {
    expect(() => encodeToken({ ...example, hash: 'short' })).toThrow()
  })
})

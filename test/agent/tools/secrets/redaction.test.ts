import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { redacted } from '../../../../src/agent/tools/secrets/redaction.ts'
import { anySecret as secret, around, encoded, encodingNames as names, readings } from './_encodings.ts'

describe('what is redacted', () => {
  it.each(names)('holds no secret %s, alone or as part of something', (name) => {
    fc.assert(
      fc.property(secret, around, around, around, (value, before, after, outside) => {
        for (const text of [encoded(value, [name]), encoded(before + value + after, [name])]) {
          const left = redacted(`${outside} ${text} ${outside}`, [value])
          expect(left).not.toContain(encoded(value, [name]))
          expect(readings(left, [name]).filter((reading) => reading.includes(value))).toEqual([])
          expect(left).toContain('***')
        }
      }),
    )
  })

  it('holds no secret in several encodings, one in the other', () => {
    const layers = fc.array(fc.constantFrom(...names), { minLength: 1, maxLength: 3 })
    fc.assert(
      fc.property(secret, around, around, layers, (value, before, after, inner) => {
        const text = encoded(before + value + after, inner)
        const left = redacted(text, [value])
        expect(left).not.toBe(text)
        expect(readings(left, inner).filter((reading) => reading.includes(value))).toEqual([])
      }),
    )
  })

  it('holds none of several secrets, also where they overlap or one is made of what stands for another', () => {
    const few = fc.string({ unit: fc.constantFrom('a', 'b', '*'), minLength: 4, maxLength: 6 })
    fc.assert(
      fc.property(fc.array(few, { minLength: 1, maxLength: 4 }), fc.array(few, { maxLength: 8 }), (secrets, parts) => {
        const left = redacted(parts.join('*'), secrets)
        expect(secrets.filter((value) => left.includes(value))).toEqual([])
      }),
    )
  })

  it('is as it was where there is no secret in it', () => {
    fc.assert(
      fc.property(fc.string({ maxLength: 200 }), (text) => {
        expect(redacted(text, ['a secret that is not there: ü'])).toBe(text)
      }),
    )
  })

  it('keeps what stands around a secret', () => {
    const key = 'k-9f/"3 é'
    expect(redacted(`{"key":${JSON.stringify(key)},"n":1}`, [key])).toBe('{"key":"***","n":1}')
    expect(redacted(`https://a.test/?key=${encodeURIComponent(key)}&n=1`, [key])).toBe('https://a.test/?key=***&n=1')
    expect(redacted('Bearer abcd', ['abcd\n'])).toBe('Bearer ***')
    const basic = Buffer.from(`user:${key}`).toString('base64')
    expect(redacted(`authorization: Basic ${basic}.`, [key])).toMatch(/^authorization: Basic dXNlc\w?\*\*\*\.$/)
  })

  it.each(['in base64', 'in base64 for addresses', 'in hexadecimal'])('is found %s behind other letters', (name) => {
    const key = 'k-9f/"3 é'
    for (const before of ['', 'a', 'ab', 'abc', '/p/', 'f00', 'beef']) {
      const left = redacted(before + encoded(key, [name]), [key])
      expect(left).toMatch(/\*\*\*=*$/)
      expect(left.length).toBeLessThanOrEqual(before.length + 5)
    }
  })

  it('takes no longer than its length asks for, whatever is in it', () => {
    const hostile = ['\\', '%25', '&amp;', 'a', '+', 'deadbeef'].map((part) => part.repeat(100_000 / part.length))
    for (const text of hostile) expect(redacted(text, ['\\\\\\\\\\\\\\\\', 'aaab'])).not.toContain('aaab')
  })
})

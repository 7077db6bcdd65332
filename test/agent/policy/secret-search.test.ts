import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { holdsSecret } from '../../../src/agent/policy/secret-search.ts'

const secret = 'canary-7f3A91-zz'

describe('the search for a secret in arguments', () => {
  it.each([
    ['plain', { note: `key=${secret};` }],
    ['in a key', { [secret]: 1 }],
    ['nested', { a: [{ b: secret }] }],
    ['in other case', { note: secret.toUpperCase() }],
    ['reversed', { note: [...secret].reverse().join('') }],
    ['spaced out', { note: [...secret].join(' ') }],
    ['in base64', { note: Buffer.from(secret).toString('base64') }],
    ['in base64url, inside a longer text', { note: `see ${Buffer.from(`k:${secret}:`).toString('base64url')} there` }],
    ['in hex', { note: `0x ${Buffer.from(secret).toString('hex')}` }],
    [
      'percent-encoded',
      { url: `http://x/?q=${[...Buffer.from(secret)].map((byte) => `%${byte.toString(16)}`).join('')}` },
    ],
    ['split over values', { a: secret.slice(0, 6), b: secret.slice(6) }],
  ])('finds it %s', (_case, args) => {
    expect(holdsSecret(args, ['another-secret', secret])).toBe(true)
  })

  it('finds nothing in arguments without it', () => {
    fc.assert(fc.property(fc.dictionary(fc.string(), fc.string()), (args) => holdsSecret(args, [secret]) === false))
  })
})

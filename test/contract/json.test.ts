import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { z } from 'zod'
import { jsonObjectSchema, jsonSchema } from '../../src/contract/json.ts'

describe('JSON that enters', () => {
  it('stays as it is, whatever its keys are called', () => {
    const special = '{"__proto__":{"polluted":true,"__proto__":[]},"constructor":null}'
    expect(JSON.stringify(jsonObjectSchema.parse(JSON.parse(special)))).toBe(special)
    fc.assert(
      fc.property(fc.json(), (text) => {
        const value: unknown = JSON.parse(text)
        expect(JSON.stringify(jsonSchema.parse(value))).toBe(JSON.stringify(value))
      }),
    )
  })

  it('is a copy: what becomes of the original later changes nothing', () => {
    const original = { list: [{ amount: 1 }] }
    const parsed = jsonObjectSchema.parse(original)
    original.list[0] = { amount: 2 }
    expect(parsed).toEqual({ list: [{ amount: 1 }] })
  })

  it('gives no object another prototype', () => {
    const parsed = jsonObjectSchema.parse(JSON.parse('{"__proto__":{"isAdmin":true}}'))
    expect(Object.getPrototypeOf(parsed)).toBe(Object.prototype)
    expect(Reflect.get(parsed, 'isAdmin')).toBeUndefined()
  })

  it.each([
    ['no number', { deep: [1, Number.NaN] }, ['deep', 1]],
    ['nothing', { absent: undefined }, ['absent']],
    ['a function', { deep: { act: () => 1 } }, ['deep', 'act']],
    ['a date', { at: new Date(0) }, ['at']],
    ['a big number', [1n], [0]],
  ])('%s is refused with its place', (_what, value, path) => {
    expect(jsonSchema.safeParse(value).error?.issues).toMatchObject([{ path }])
  })

  it('is demanded where a field is not optional, and of the type that a JSON schema says', () => {
    const schema = z.object({ any: jsonSchema, detail: jsonObjectSchema, more: jsonObjectSchema.default({ a: 1 }) })
    expect(schema.safeParse({}).error?.issues).toMatchObject([{ path: ['any'] }, { path: ['detail'] }])
    expect(schema.parse({ any: null, detail: {} })).toEqual({ any: null, detail: {}, more: { a: 1 } })
    expect(z.toJSONSchema(schema, { io: 'input' }).properties).toEqual({
      any: {},
      detail: { type: 'object' },
      more: { type: 'object', default: { a: 1 } },
    })
  })

  it.each([['text'], [null], [['list']], [undefined]])('an object is not %j', (value) => {
    expect(jsonObjectSchema.safeParse(value).error?.issues).toMatchObject([
      { code: 'invalid_type', expected: 'record', path: [] },
    ])
  })
})

import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { z } from 'zod'
import { restored } from '../../../src/agent/format/restored.ts'
import { strictSchema } from '../../../src/agent/format/strict-schema.ts'
import { objects, schemaOf, written } from './_shapes.ts'

const jsonOf = (schema: z.ZodType) => ({ ...z.toJSONSchema(schema, { io: 'input' }) })
const strictOf = (shape: z.ZodRawShape) => strictSchema(jsonOf(z.object(shape)))

/** Every object in a schema. */
function objectsIn(schema: unknown): Record<string, unknown>[] {
  if (typeof schema !== 'object' || schema === null) return []
  const within = Object.values(schema).flatMap(objectsIn)
  return 'type' in schema && schema.type === 'object' ? [{ ...schema }, ...within] : within
}

describe('a strict schema', () => {
  it('closes every object and requires every member', () => {
    fc.assert(
      fc.property(objects, (shape) => {
        for (const object of objectsIn(strictSchema(jsonOf(schemaOf(shape))))) {
          expect(object['additionalProperties']).toBe(false)
          expect(object['required']).toEqual(
            Object.keys(z.object({ properties: z.looseObject({}) }).parse(object).properties),
          )
        }
      }),
    )
  })

  it('accepts what the schema accepts, with null for what is absent, and it comes back as it was', () => {
    const values = objects.chain((shape) => written(shape).map((pair) => ({ shape, ...pair })))
    fc.assert(
      fc.property(values, ({ shape, value, filled }) => {
        const schema = jsonOf(schemaOf(shape))
        expect(schemaOf(shape).safeParse(value).success).toBe(true)
        expect(z.fromJSONSchema(strictSchema(schema)).safeParse(filled).success).toBe(true)
        expect(restored(filled, schema)).toEqual(value)
      }),
    )
  })

  it('tells what is not enforced, and keeps what is', () => {
    const text = z.string().min(2).describe('A word.')
    const schema = strictOf({ text, day: z.iso.date(), one: z.int().min(1), list: z.array(z.string()).max(3) })
    expect(schema['properties']).toEqual({
      text: { type: 'string', description: 'A word. {minLength: 2}' },
      day: { type: 'string', format: 'date' },
      one: { type: 'integer', description: '{minimum: 1}' },
      list: { type: 'array', items: { type: 'string' }, description: '{maxItems: 3}' },
    })
  })

  it('lets a member with a default be null, and the default stand in for it', () => {
    const schema = z.object({ size: z.int().default(5) })
    expect(strictSchema(jsonOf(schema))['properties']).toEqual({
      size: { anyOf: [{ type: 'integer' }, { type: 'null' }] },
    })
    expect(schema.parse(restored({ size: null }, jsonOf(schema)))).toEqual({ size: 5 })
  })

  it('takes several types for a union of them', () => {
    const schema = strictSchema({ type: 'object', properties: { a: { type: ['string', 'null'] } } })
    expect(schema['properties']).toEqual({ a: { anyOf: [{ type: 'string' }, { type: 'null' }] } })
  })

  it.each<[string, z.ZodType, string]>([
    ['a record', z.record(z.string(), z.string()), '"a" has keys that it does not name'],
    ['an open object', z.looseObject({}), '"a" has keys that it does not name'],
    ['a tuple', z.tuple([z.string()]), '"a" is a tuple'],
    ['anything', z.unknown(), '"a" may be anything'],
    ['an intersection', z.intersection(z.string().min(1), z.string().max(2)), '"a" is an intersection'],
    ['a record within', z.array(z.object({ deep: z.record(z.string(), z.string()) })), '"deep" has keys'],
    ['a list of anything', z.array(z.any()), 'an item of "a" may be anything'],
    [
      'itself',
      z.object({
        get next() {
          return z.array(tree)
        },
      }),
      'refers to another schema',
    ],
  ])('cannot be made of %s', (_case, schema, words) => {
    expect(() => strictOf({ a: schema })).toThrow(words)
  })

  it('is one of an object', () => {
    expect(() => strictSchema(jsonOf(z.string()))).toThrow('it is no object')
    expect(() => strictSchema(jsonOf(z.union([z.object({}), z.string()])))).toThrow('it is no object')
  })
})

const tree = z.object({
  get children(): z.ZodArray<z.ZodType> {
    return z.array(tree)
  },
})

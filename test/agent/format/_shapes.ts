import fc from 'fast-check'
import { z } from 'zod'

/** What a schema is made of; the members of an object may be absent. */
export type Shape =
  | { readonly kind: 'text' | 'whole' | 'flag' | 'choice' }
  | { readonly kind: 'nullable' | 'list'; readonly of: Shape }
  | { readonly kind: 'object'; readonly members: readonly Member[] }
  | { readonly kind: 'either'; readonly variants: readonly (readonly Member[])[] }

interface Member {
  readonly key: string
  readonly mayBeAbsent: boolean
  readonly shape: Shape
}

/** A value, and the same with null where it lacks something. */
export interface Written {
  readonly value: unknown
  readonly filled: unknown
}

const shapes = fc.letrec<{ shape: Shape; members: Member[] }>((tie) => ({
  shape: fc.oneof(
    { maxDepth: 3, depthIdentifier: 'shape' },
    fc.constantFrom<Shape>({ kind: 'text' }, { kind: 'whole' }, { kind: 'flag' }, { kind: 'choice' }),
    fc.record({ kind: fc.constantFrom('nullable' as const, 'list' as const), of: tie('shape') }),
    fc.record({ kind: fc.constant('object' as const), members: tie('members') }),
    fc.record({
      kind: fc.constant('either' as const),
      variants: fc.array(tie('members'), { minLength: 2, maxLength: 3 }),
    }),
  ),
  members: fc.uniqueArray(
    fc.record({ key: fc.constantFrom('a', 'b', 'c'), mayBeAbsent: fc.boolean(), shape: tie('shape') }),
    { selector: ({ key }) => key, maxLength: 3, depthIdentifier: 'shape' },
  ),
}))

/** An object of any members. */
export const objects = shapes.members.map((members): Shape => ({ kind: 'object', members }))

/** The schema of a shape. */
export function schemaOf(shape: Shape): z.ZodType {
  switch (shape.kind) {
    case 'text':
      return z.string()
    case 'whole':
      return z.int()
    case 'flag':
      return z.boolean()
    case 'choice':
      return z.enum(['one', 'other'])
    case 'nullable':
      return schemaOf(shape.of).nullable()
    case 'list':
      return z.array(schemaOf(shape.of))
    case 'object':
      return objectOf(shape.members)
    case 'either': {
      const [first, ...rest] = shape.variants.map((members, index) =>
        objectOf(members).extend({ kind: z.literal(`variant ${index}`) }),
      )
      if (!first) throw new Error('a union has variants')
      return z.discriminatedUnion('kind', [first, ...rest])
    }
  }
}

/** The object of a shape. */
export function objectOf(members: readonly Member[]): z.ZodObject {
  const entries = members.map(({ key, mayBeAbsent, shape }) => {
    const schema = schemaOf(shape)
    return [key, mayBeAbsent ? schema.optional() : schema] as const
  })
  return z.strictObject(Object.fromEntries(entries))
}

/** Values of a shape, each in both forms. */
export function written(shape: Shape): fc.Arbitrary<Written> {
  switch (shape.kind) {
    case 'text':
      return same(fc.string())
    case 'whole':
      return same(fc.integer())
    case 'flag':
      return same(fc.boolean())
    case 'choice':
      return same(fc.constantFrom('one', 'other'))
    case 'nullable':
      return fc.oneof(same(fc.constant(null)), written(shape.of))
    case 'list':
      return fc.array(written(shape.of), { maxLength: 3 }).map((items) => ({
        value: items.map(({ value }) => value),
        filled: items.map(({ filled }) => filled),
      }))
    case 'object':
      return writtenObject(shape.members)
    case 'either':
      return fc.oneof(...shape.variants.map((members, index) => writtenObject(members, { kind: `variant ${index}` })))
  }
}

function writtenObject(members: readonly Member[], more: object = {}): fc.Arbitrary<Written> {
  const each = members.map(({ key, mayBeAbsent, shape }) => {
    const present = written(shape).map(({ value, filled }) => ({ key, value: [[key, value]], filled }))
    // Null of a member that may be null too is that null: the two cannot be told apart.
    const absent = fc.constant({ key, value: [], filled: null })
    return mayBeAbsent && !mayBeNull(shape) ? fc.oneof(present, absent) : present
  })
  return fc.tuple(...each).map((all) => ({
    value: { ...Object.fromEntries(all.flatMap(({ value }) => value)), ...more },
    filled: { ...Object.fromEntries(all.map(({ key, filled }) => [key, filled])), ...more },
  }))
}

function mayBeNull(shape: Shape): boolean {
  return shape.kind === 'nullable'
}

function same<Value>(values: fc.Arbitrary<Value>): fc.Arbitrary<Written> {
  return values.map((value) => ({ value, filled: value }))
}

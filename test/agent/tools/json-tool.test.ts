import { Ajv } from 'ajv'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { JsonObject } from '../../../src/agent/tools/canonical-json.ts'
import { defineJsonTool } from '../../../src/agent/tools/json-tool.ts'

function toolWith(inputSchema: JsonObject) {
  const described = { name: 'any', description: 'Takes anything.', effectful: false }
  return defineJsonTool({ ...described, inputSchema, execute: () => Promise.resolve('') })
}

function problemOf(inputSchema: JsonObject, value: unknown): string | null {
  const prepared = toolWith(inputSchema).prepare(JSON.stringify(value))
  return 'problem' in prepared ? prepared.problem : null
}

const object = (properties: JsonObject, more: JsonObject = {}) => ({ type: 'object', properties, ...more })

describe('a tool described by a JSON Schema', () => {
  it.each([
    ['a member of another kind', object({ a: { type: 'string' } }), { a: 1 }],
    ['a member that is missing', object({ a: {} }, { required: ['a'] }), {}],
    ['a member too many', object({ a: {} }, { additionalProperties: false }), { b: 1 }],
    ['a value that is no choice', object({ a: { enum: ['x', 'y'] } }), { a: 'z' }],
    ['a number that is not whole', object({ a: { type: 'integer' } }), { a: 1.5 }],
    ['a number beyond its limit', object({ a: { type: 'integer', maximum: 3 } }), { a: 4 }],
    [
      'a wrong kind deep inside',
      object({ a: { type: 'array', items: object({ b: { type: 'null' } }) } }),
      { a: [{ b: 1 }] },
    ],
    ['what is no object', {}, [1]],
    ['nothing', { type: 'object' }, null],
  ])('refuses %s', (_what, schema, value) => {
    expect(problemOf(schema, value)).toMatch(/^its arguments do not fit its schema \(/)
  })

  it('takes whole numbers of any size', () => {
    expect(problemOf(object({ a: { type: 'integer' } }), { a: 1e300 })).toBeNull()
  })

  it('is shown as it came, and is given what the model wrote', () => {
    const schema = object(
      { a: { type: 'string', default: 'x', pattern: '^x' } },
      { $schema: 'https://json-schema.org' },
    )
    const tool = toolWith(schema)
    expect(tool.jsonSchema).toEqual(schema)
    const prepared = tool.prepare('{"b":1}')
    expect('call' in prepared && prepared.call.arguments).toEqual({ b: 1 })
  })

  it('never waits for a regular expression of its author', () => {
    const pattern = '^(a+)+$'
    const value = { a: `${'a'.repeat(60)}!` }
    expect(problemOf(object({ a: { type: 'string', pattern } }), value)).toBeNull()
    expect(problemOf(object({}, { patternProperties: { [pattern]: { type: 'null' } } }), value)).toBeNull()
    expect(problemOf(object({}, { propertyNames: { pattern } }), { [value.a]: 1 })).toBeNull()
  })

  it.each([
    ['of which nothing can be made', { type: 'object', $ref: 'https://elsewhere.test/schema' }],
    ['that says what it means nowhere', { type: 'object', properties: { a: { $dynamicRef: '#b' } } }],
  ])('leaves a schema %s to its back end', (_what, schema) => {
    expect(problemOf(schema, { a: 1 })).toBeNull()
  })

  it('refuses nothing that its schema allows', () => {
    const { schema } = fc.letrec<{ schema: JsonObject }>((tie) => ({
      schema: fc.oneof(
        { depthSize: 'small', withCrossShrink: true },
        fc.constantFrom<JsonObject>(
          ...[{}, { type: 'string' }, { type: 'number' }, { type: 'boolean' }, { type: 'null' }, { type: 'integer' }],
          ...[
            { type: ['string', 'integer'] },
            { enum: [1, 'x', null] },
            { const: 'x' },
            { const: [] },
            { enum: [{}, 1] },
            { type: 'string', minLength: 2 },
          ],
          ...[{ type: 'string', pattern: '^x' }, { type: 'number', minimum: 1, maximum: 3 }, { type: 'array' }],
        ),
        fc.record(
          { type: fc.constant('array'), items: tie('schema'), maxItems: fc.nat(3) },
          { requiredKeys: ['type'] },
        ),
        fc.array(tie('schema'), { minLength: 1, maxLength: 3 }).map((oneOf) => ({ oneOf })),
        fc.array(tie('schema'), { minLength: 1, maxLength: 3 }).map((anyOf) => ({ anyOf })),
        tie('schema').map((not) => ({ not })),
        fc.record(
          {
            type: fc.constant('object'),
            properties: fc.dictionary(fc.constantFrom('a', 'b', 'default'), tie('schema')),
            patternProperties: fc.dictionary(fc.constant('^a'), tie('schema')),
            required: fc.subarray(['a', 'b']),
            additionalProperties: fc.boolean(),
          },
          { requiredKeys: ['type'] },
        ),
      ),
    }))
    const members = fc.dictionary(fc.constantFrom('a', 'b', 'c', 'default'), fc.jsonValue({ maxDepth: 2 }), {
      maxKeys: 3,
    })
    const ajv = new Ajv({ strict: false })
    let allowed = 0
    fc.assert(
      fc.property(
        fc.dictionary(fc.constantFrom('a', 'b', 'default'), schema),
        schema,
        members,
        (properties, extra, value) => {
          const whole = object(properties, { allOf: [extra] })
          if (ajv.compile(whole)(value) !== true) return
          allowed++
          expect(problemOf(whole, value)).toBeNull()
        },
      ),
      { numRuns: 200 },
    )
    expect(allowed).toBeGreaterThan(10)
  })
})

import fc from 'fast-check'
import type { Results } from '../../../src/results/results-schema.ts'
import { resultsSchema } from '../../../src/results/results-schema.ts'
import { type JsonSchema, isFreeText, options, resultsJsonSchema } from './_json-schema.ts'

/** What must not come through: letters and digits, so that no rendering can write it in another way. */
export const secret = 'Qz7sEcReT'

const freeText = fc
  .tuple(
    fc.constantFrom('', 'caused by ', 'p', 'R4 ', '<b>', '*'),
    fc.nat({ max: 9 }),
    fc.constantFrom('', ' violated', '"'),
  )
  .map(([before, number, after]) => `${before}${secret}${number}${after}`)

function valueOf(schema: JsonSchema): fc.Arbitrary<unknown> {
  const ways = options(schema)
  return ways.length === 1 ? valueOfOne(ways[0] ?? {}) : fc.oneof(...ways.map(valueOfOne))
}

function valueOfOne(schema: JsonSchema): fc.Arbitrary<unknown> {
  const { type, const: only, enum: words, pattern, format, items, prefixItems } = schema
  if (only !== undefined) return fc.constant(only)
  if (words !== undefined) return fc.constantFrom(...words)
  if (isFreeText(schema)) return freeText
  if (format === 'date') return fc.constantFrom('2026-02-01', '2026-03-01')
  if (pattern !== undefined) return fc.stringMatching(new RegExp(pattern), { size: '-1' })
  if (type === 'null') return fc.constant(null)
  if (type === 'boolean') return fc.boolean()
  if (type === 'integer') return fc.integer({ min: schema.minimum ?? 0, max: Math.min(schema.maximum ?? 5_000, 5_000) })
  if (type === 'number') return fc.integer({ min: 1, max: 9 }).map((tenths) => tenths / 10)
  if (prefixItems !== undefined) return fc.tuple(...prefixItems.map(valueOf))
  if (type === 'array' && items !== undefined && items !== false)
    return fc.array(valueOf(items), { minLength: 1, maxLength: 2 })
  if (type === 'object') return objectOf(schema)
  // Parameters of faults may be any JSON.
  return freeText.map((text) => ({ [text]: text, list: [text, 1] }))
}

function objectOf({
  properties = {},
  required = [],
  additionalProperties,
  propertyNames,
}: JsonSchema): fc.Arbitrary<unknown> {
  if (typeof additionalProperties === 'object') {
    const closed = propertyNames?.enum
    if (closed !== undefined)
      return fc
        .tuple(...closed.map(() => valueOf(additionalProperties)))
        .map((values) => Object.fromEntries(closed.map((key, index) => [key, values[index]])))
    return fc.dictionary(freeText, valueOf(additionalProperties), { minKeys: 1, maxKeys: 2 })
  }
  const fields = Object.fromEntries(Object.entries(properties).map(([name, each]) => [name, valueOf(each)]))
  return fc.record(fields, { requiredKeys: [...required] })
}

/** Mends what the schema asks for beyond shapes: evidence that follows from its counts, and prices. */
function consistent(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(consistent)
  if (typeof value !== 'object' || value === null) return value
  const mended = Object.fromEntries(Object.entries(value).map(([key, each]) => [key, consistent(each)]))
  if ('successes' in mended) {
    const { worth: _, ...evidence } = mended
    return { ...evidence, successes: 2, of: 5, observations: 4, basis: 'trials' }
  }
  if ('validFrom' in mended) return { ...mended, validFrom: '2026-02-01', validUntil: '2026-03-01' }
  if ('inputPerMillion' in mended) return { inputPerMillion: '2.50', outputPerMillion: '10' }
  return mended
}

/** Results in which every text and every key that may be anything holds a secret. */
export const secretiveResults: fc.Arbitrary<Results> = fc
  .noShrink(valueOf(resultsJsonSchema))
  .map((document) => resultsSchema.parse(consistent(document)))

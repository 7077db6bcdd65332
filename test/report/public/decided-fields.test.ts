import { expect, it } from 'vitest'
import type { Rule } from '../../../src/report/public/rule.ts'
import { resultsRule } from '../../../src/report/public/rules/results-rules.ts'
import { type JsonSchema, isFreeText, options, resolved, resultsJsonSchema } from './_json-schema.ts'

/** What is wrong with the rule of a place of the results; none where something safe was decided. */
function mistakes(schema: JsonSchema, rule: Rule | undefined, place: string): string[] {
  if (rule === undefined) return [`${place}: decide in src/report/public/rules what becomes of it`]
  if (rule.kind === 'omit' || rule.kind === 'instead') return []
  const ways = options(schema).filter(({ type }) => type !== 'null')
  switch (rule.kind) {
    case 'keep':
      return ways.flatMap((way) => freePlaces(way, place)).map((free) => `${free}: kept, and may hold anything`)
    case 'text':
      return ways.every(({ type }) => type === 'string') ? [] : [`${place}: no text`]
    case 'list':
      return ways.flatMap(({ items }) =>
        items === undefined || items === false ? [`${place}: no list`] : mistakes(items, rule.of, `${place}[]`),
      )
    case 'table':
      return ways.flatMap(({ additionalProperties: each }) =>
        typeof each === 'object' ? mistakes(each, rule.of, `${place}{}`) : [`${place}: no table`],
      )
    case 'fields':
      return [
        ...ways.flatMap(({ properties }) =>
          properties === undefined
            ? [`${place}: no object`]
            : Object.entries(properties).flatMap(([name, each]) =>
                mistakes(each, Object.hasOwn(rule.fields, name) ? rule.fields[name] : undefined, `${place}.${name}`),
              ),
        ),
      ]
  }
}

/** Places below a schema that may hold any text, as values or as keys, or anything at all. */
function freePlaces(schema: JsonSchema, place: string): string[] {
  const ways = options(schema)
  if (ways.length > 1) return ways.flatMap((way) => freePlaces(way, place))
  const own = resolved(schema)
  const { type, properties = {}, additionalProperties, propertyNames, items, prefixItems = [], allOf = [] } = own
  const isKnown = type !== undefined || own.enum !== undefined || own.const !== undefined || allOf.length > 0
  const isTable = typeof additionalProperties === 'object'
  return [
    ...(isFreeText(own) || !isKnown ? [place] : []),
    ...(isTable && (propertyNames === undefined || isFreeText(propertyNames)) ? [`${place}{}`] : []),
    ...(isTable ? freePlaces(additionalProperties, `${place}{}`) : []),
    ...Object.entries(properties).flatMap(([name, each]) => freePlaces(each, `${place}.${name}`)),
    ...(items === undefined || items === false ? [] : freePlaces(items, `${place}[]`)),
    ...[...prefixItems, ...allOf].flatMap((each) => freePlaces(each, place)),
  ]
}

it('has decided about every field of results.json what becomes of it, and keeps none that may hold anything', () => {
  expect(mistakes(resultsJsonSchema, resultsRule, 'results')).toEqual([])
})

it('would notice a field that nothing was decided about, and one that may hold anything', () => {
  const text: JsonSchema = { type: 'string' }
  const rule: Rule = { kind: 'fields', fields: { a: { kind: 'keep' } } }
  const schema: JsonSchema = { type: 'object', properties: { a: { anyOf: [{ type: 'null' }, text] }, b: text } }
  expect(mistakes(schema, rule, 'x')).toEqual([
    'x.a: kept, and may hold anything',
    'x.b: decide in src/report/public/rules what becomes of it',
  ])
})

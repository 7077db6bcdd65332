import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { mendArguments } from '../../../src/agent/tools/argument-repair.ts'

const object = fc.dictionary(fc.string(), fc.jsonValue({ maxDepth: 3 }))
const fence = '```'

/** An object as a model writes it that puts a comma behind every member. */
function withCommas(value: unknown): string {
  if (Array.isArray(value)) return value.length === 0 ? '[]' : `[${value.map(withCommas).join(', ')},\n]`
  if (typeof value !== 'object' || value === null) return JSON.stringify(value)
  const members = Object.entries(value).map(([key, inner]) => `${JSON.stringify(key)}: ${withCommas(inner)}`)
  return members.length === 0 ? '{}' : `{ ${members.join(', ')}, }`
}

describe('mending arguments', () => {
  it('gives back exactly what was meant, however it was written', () => {
    fc.assert(
      fc.property(object, fc.constantFrom('', 'json'), (meant, language) => {
        const text = JSON.stringify(meant)
        const value = JSON.parse(text) as object
        for (const written of [
          `${fence}${language}\n${text}\n${fence}`,
          JSON.stringify(text),
          `${fence}${language}\n${withCommas(value)}\n${fence}`,
        ]) {
          expect(JSON.parse(mendArguments(written)?.text ?? 'null')).toEqual(value)
        }
      }),
    )
  })

  it('takes a comma away where it follows the last member, and says so', () => {
    expect(mendArguments('{"id":"A-1", "of":[1,2,],}')).toEqual({
      ...{ text: '{"id":"A-1", "of":[1,2]}', faults: ['a comma after the last member'] },
    })
  })

  it.each(['\\"', '"', '{"', ',', ', ', '],', '```\n', ' '])(
    'looks through a megabyte of %j in good time',
    (filler) => {
      expect(mendArguments(filler.repeat(1_000_000 / filler.length))).toBeNull()
    },
  )

  it('leaves alone what is right', () => {
    fc.assert(
      fc.property(object, (meant) => {
        expect(mendArguments(JSON.stringify(meant))).toBeNull()
      }),
    )
  })

  it.each([
    ['cut off after a whole value', '{"id":"A-1"'],
    ['cut off in a number', '{"amount":10'],
    ['cut off after a comma', '{"id":"A-1",'],
    ['with a member missing', '{"id":"A-1",,}'],
    ['with no member before the comma', '{,}'],
    ['that are no object', '[1,]'],
    ['encoded three times', JSON.stringify(JSON.stringify('{"id":"A-1"}'))],
    ['in single quotes', "{'id':'A-1'}"],
    ['with words around them', 'Here you are: {"id":"A-1"}'],
    ['with a fence that is not closed', `${fence}json\n{"id":"A-1"}`],
    ['that are empty', ''],
  ])('leaves alone what is %s', (_what, text) => {
    expect(mendArguments(text)).toBeNull()
  })

  it('changes nothing inside of strings', () => {
    expect(mendArguments('{"note":"a, ]", "of":["x,}",],}')?.text).toBe('{"note":"a, ]", "of":["x,}"]}')
  })
})

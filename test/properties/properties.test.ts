import { describe, expect, it } from 'vitest'
import { properties, propertyById } from '../../src/properties/properties.ts'

describe('the groups of properties', () => {
  it('hold every property once, in the order of the families', () => {
    const { all, effects, without: _without, ...families } = properties
    const members = [...Object.values(families), ...Object.values(effects)].flat()
    expect(new Set(members)).toEqual(new Set(all))
    for (const named of [all.map(({ id }) => id), all.map(({ name }) => name)]) {
      expect(new Set(named).size).toBe(all.length)
    }
    for (const family of Object.values(families)) {
      const numbers = family.map(({ id }) => Number(id.slice(1)))
      expect(numbers).toEqual(numbers.toSorted((a, b) => a - b))
    }
  })

  it('hold what the reference numbers, and operations besides', () => {
    const numbersOf = (letter: string) =>
      properties.all.flatMap(({ id }) => (id.startsWith(letter) ? [Number(id.slice(1))] : [])).toSorted((a, b) => a - b)
    const upTo = (last: number, ...missing: readonly number[]) =>
      Array.from({ length: last }, (_, index) => index + 1).filter((number) => !missing.includes(number))
    expect(numbersOf('R')).toEqual(upTo(20))
    expect(numbersOf('B')).toEqual(upTo(26))
    expect(numbersOf('F')).toEqual(upTo(15))
    expect(numbersOf('T')).toEqual(upTo(7))
    expect(numbersOf('O')).toEqual(upTo(4))
    expect(numbersOf('K')).toEqual(upTo(9))
    expect(numbersOf('Z')).toEqual([1, 2, 3, 4, 5, 11])
    expect(numbersOf('L')).toEqual(upTo(14, 5, 6, 7))
  })

  it('are all but those that an author leaves out', () => {
    const kept = properties.without('Z1', 'L9').map(({ id }) => id)
    expect(kept).toEqual(properties.all.map(({ id }) => id).filter((id) => id !== 'Z1' && id !== 'L9'))
    expect(() => properties.without('L9', 'Z99')).toThrow(
      'properties.without names "Z99", which no property has; `shakedown list properties` shows the ids.',
    )
  })

  it('find a property by its id', () => {
    for (const property of properties.all) expect(propertyById(property.id)).toBe(property)
    expect(propertyById('R99')).toBeUndefined()
    expect(propertyById('constructor')).toBeUndefined()
  })
})

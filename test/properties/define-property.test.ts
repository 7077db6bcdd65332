import { describe, expect, it } from 'vitest'
import type { Property } from '../../src/contract/property.ts'
import { defineProperty } from '../../src/properties/define-property.ts'

const words = { id: 'X1', name: 'test.x', kind: 'safety', statement: 'A test.', applies: 'always.' } as const

describe('defining a property', () => {
  it('reads what it handles, no more and no less', () => {
    const ignore = () => undefined
    const property = defineProperty({ ...words, start: () => 1, on: { 'task.ended': ignore, 'world.healed': ignore } })
    expect(property.reads).toEqual(['task.ended', 'world.healed'])
  })

  it('lets properties of different states stand in one array', () => {
    const ofNumber = defineProperty<number>({ ...words, start: () => 1, on: {} })
    const ofText = defineProperty<{ text: string }>({ ...words, start: () => ({ text: '' }), on: {} })
    const mixed: readonly Property[] = [ofNumber, ofText]
    expect(mixed.map(({ id }) => id)).toEqual(['X1', 'X1'])
  })
})

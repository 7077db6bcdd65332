import { describe, expect, it } from 'vitest'
import { z } from 'zod'
import { catalogue } from '../../src/faults/catalogue.ts'
import { every } from '../../src/faults/sources/every.ts'
import { decodeToken, encodeToken } from '../../src/scenario/replay-token.ts'

const schemaOf = z.object({
  required: z.array(z.string()).default([]),
  properties: z.record(z.string(), z.looseObject({ description: z.string().optional() })),
})

describe.each(catalogue.map(({ id, parameters }) => ({ id, parameters })))('$id', ({ parameters }) => {
  it('may be planned without parameters', () => {
    expect(parameters.safeParse({}).error).toBeUndefined()
  })

  it('has a default and a description for each of its parameters', () => {
    const { required, properties } = schemaOf.parse(z.toJSONSchema(parameters, { io: 'input', unrepresentable: 'any' }))
    expect(required).toEqual([])
    const undescribed = Object.entries(properties).filter(([, { description = '' }]) => description === '')
    expect(undescribed.map(([name]) => name)).toEqual([])
  })
})

it('a plan that leaves parameters out keeps doing so: what it draws and its token depend on what is written', () => {
  const faults = catalogue.map(({ id, targets: [kind = 'model'] }) => every(id, { kind, name: '*' }, {}))
  const about = { file: 'a.scenario.ts', scenario: 'a', seed: 1, trial: 0, property: 'p', hash: '0123456789abcdef' }
  expect(decodeToken(encodeToken({ ...about, plan: { faults } })).plan).toEqual({ faults })
})

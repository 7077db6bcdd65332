import { describe, it } from 'vitest'
import { expectCaught } from '../mutants/_hunted.ts'
import { breakerMutants, bulkheadAndStreamMutants, fallbackMutants, supportMutants } from '../mutants/_mutants.ts'

const mutants = [...breakerMutants, ...bulkheadAndStreamMutants, ...fallbackMutants, ...supportMutants]

describe.each([1, 2, 3])('under seed %i', (seed) => {
  it.each(mutants)('the mutant $mutant is caught by $property, shrunk and replayed', (hunted) =>
    expectCaught({ ...hunted, seed }),
  )
})

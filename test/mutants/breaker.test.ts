import { describe } from 'vitest'
import { catchesEach } from './_hunted.ts'
import { breakerMutants } from './_mutants.ts'

describe('a mutant of the breaker', () => catchesEach(breakerMutants))

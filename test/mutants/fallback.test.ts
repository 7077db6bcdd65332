import { describe } from 'vitest'
import { catchesEach } from './_hunted.ts'
import { fallbackMutants } from './_mutants.ts'

describe('a mutant of the fallbacks', () => catchesEach(fallbackMutants))

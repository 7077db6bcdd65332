import { describe } from 'vitest'
import { catchesEach } from './_hunted.ts'
import { supportMutants } from './_mutants.ts'

describe('a mutant of the support agent', () => catchesEach(supportMutants))

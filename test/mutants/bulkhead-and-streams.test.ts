import { describe } from 'vitest'
import { catchesEach } from './_hunted.ts'
import { bulkheadAndStreamMutants } from './_mutants.ts'

describe('a mutant of the bulkhead or of the reading of streams', () => catchesEach(bulkheadAndStreamMutants))

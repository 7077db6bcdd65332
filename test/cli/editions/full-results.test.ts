import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { readResultsFile } from '../../../src/cli/read-results-file.ts'
import { publicEdition } from '../../../src/report/public/public-edition.ts'
import { declaredRun } from '../../../src/results/declared-run.ts'
import { goodDay, measuredDay } from '../../report/_sample.ts'
import { scratchFolder } from '../_shakedown.ts'

it('takes no public edition where full results are needed: to compare with, and as evidence', () => {
  using folder = scratchFolder()
  const path = join(folder.path, 'results.json')
  writeFileSync(path, JSON.stringify(goodDay))
  expect(readResultsFile(path)).toEqual(goodDay)
  writeFileSync(path, JSON.stringify(publicEdition(goodDay, '')))
  expect(() => readResultsFile(path)).toThrow('is a public edition, in which names and traces are left out')
  const measured = JSON.stringify(publicEdition(measuredDay, ''))
  expect(() => declaredRun(measured, 'results.json', null)).toThrow('results.json: a public edition is no evidence')
})

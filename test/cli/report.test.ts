import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { readResults } from '../../src/results/read-results.ts'
import { verdictText } from '../../src/results/verdict.ts'
import { scratchFolder, shakedown } from './_shakedown.ts'

const sample = join(import.meta.dirname, '../../reports/sample')

it('renders kept results again, leaves them as they are, and exits with their verdict', () => {
  using folder = scratchFolder()
  const results = readFileSync(join(sample, 'results.json'), 'utf8')
  const kept = join(folder.path, 'results.json')
  writeFileSync(kept, results)
  const { exitCode, stdout } = shakedown(['report', kept])
  const verdict = verdictText(readResults(results, kept).verdict)
  expect(verdict).toMatch(/^FAIL: /)
  expect(stdout).toBe(`${verdict}\nReport: ${join(folder.path, 'index.html')}\n`)
  expect(readFileSync(join(folder.path, 'index.html'), 'utf8')).toBe(readFileSync(join(sample, 'index.html'), 'utf8'))
  expect(readFileSync(kept, 'utf8')).toBe(results)
  expect(exitCode).toBe(1)
})

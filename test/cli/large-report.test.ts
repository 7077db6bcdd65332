import { spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, it } from 'vitest'
import { runTotals } from '../../src/report/run-totals.ts'
import { readResults } from '../../src/results/read-results.ts'
import { enlarged } from '../report/_large-run.ts'

const root = join(import.meta.dirname, '../..')
const folder = mkdtempSync(join(tmpdir(), 'shakedown-large-'))
const megabyte = 1_000_000

afterAll(() => rmSync(folder, { recursive: true, force: true }))

/** Tells the largest size that the process ever had, in kilobytes, on its way out. */
const measuring = `data:text/javascript,process.on('exit',()=>process.stderr.write(String(process.resourceUsage().maxRSS)))`

it('the report of 100,000 trials is below 5 MB, and rendering it takes less than 512 MB of memory', () => {
  const sample = readResults(readFileSync(join(root, 'reports/sample/results.json'), 'utf8'), 'the sample')
  const times = Math.ceil(100_000 / runTotals(sample).trials)
  const large = enlarged(sample, times)
  expect(runTotals(large).trials).toBeGreaterThanOrEqual(100_000)
  writeFileSync(join(folder, 'results.json'), JSON.stringify(large, null, 2))
  const kilobytes = Number(report())
  expect(statSync(join(folder, 'index.html')).size).toBeLessThan(5 * megabyte)
  expect(kilobytes).toBeGreaterThan(0)
  expect(kilobytes * 1_024).toBeLessThan(512 * 1_024 * 1_024)
})

/** Renders in a process of its own, as users do; the exit code is that of the verdict. */
function report(): string {
  const flags = ['--conditions=shakedown-source', '--disable-warning=ExperimentalWarning', '--import', measuring]
  const args = [...flags, join(root, 'src/cli/main.ts'), 'report', join(folder, 'results.json')]
  return spawnSync(process.execPath, args, { encoding: 'utf8' }).stderr
}

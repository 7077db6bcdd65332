// Measures the report of a run of 100,000 trials: npm run bench:report, with the Debian package chromium.
//
// The sample's scenarios are run, their results are enlarged, and these are rendered in a process of its own and opened
// in a browser. Seconds mean little on shared machines; the ratios compare with the run itself and with an empty page.
import { spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import process from 'node:process'
import { pathToFileURL } from 'node:url'
import { type Browser, chromium } from 'playwright-core'
import { runTotals } from '../src/report/run-totals.ts'
import { readEnvironment, readResults } from '../src/results/read-results.ts'
import { enlarged } from '../test/report/_large-run.ts'
import { median } from './median.ts'

const root = join(import.meta.dirname, '..')
const folder = mkdtempSync(join(tmpdir(), 'shakedown-large-'))
const trials = 100_000
const openings = 7

/** Tells the largest size that the process ever had, in kilobytes, on its way out. */
const measuring = `data:text/javascript,process.on('exit',()=>process.stderr.write('\\n'+process.resourceUsage().maxRSS))`

function shakedown(...args: readonly string[]): { readonly seconds: number; readonly megabytes: number } {
  const flags = ['--conditions=shakedown-source', '--disable-warning=ExperimentalWarning', '--import', measuring]
  const began = performance.now()
  const { stderr } = spawnSync(process.execPath, [...flags, join(root, 'src/cli/main.ts'), ...args], {
    cwd: root,
    encoding: 'utf8',
    env: { ...process.env, NODE_ENV: '' },
  })
  return { seconds: (performance.now() - began) / 1_000, megabytes: (Number(stderr.split('\n').at(-1)) * 1_024) / 1e6 }
}

/** Milliseconds until a browser first draws something of a page, the median of several new tabs. */
async function firstPaint(browser: Browser, file: string): Promise<number> {
  const times: number[] = []
  for (let opening = 0; opening < openings; opening++) {
    const page = await browser.newPage({ viewport: { width: 1_280, height: 800 } })
    await page.goto(pathToFileURL(file).href)
    const paint = 'performance.getEntriesByName("first-contentful-paint")[0]?.startTime ?? null'
    await page.waitForFunction(`${paint} !== null`)
    times.push(Number(await page.evaluate(paint)))
    await page.close()
  }
  return median(times)
}

const browser = await chromium.launch({
  executablePath: '/usr/bin/chromium',
  args: ['--headless', '--no-sandbox', '--disable-gpu'],
})
try {
  const out = join(folder, 'run')
  shakedown('run', 'support', 'plain-loop', '--trials', '1000', '--out', out)
  const path = join(out, 'results.json')
  const results = readResults(readFileSync(path, 'utf8'), path)
  const { durationMs } = readEnvironment(readFileSync(join(out, 'environment.json'), 'utf8'), out)
  const made = runTotals(results).trials
  const times = Math.ceil(trials / made)
  const large = join(folder, 'results.json')
  writeFileSync(large, JSON.stringify(enlarged(results, times), null, 2))
  const { seconds, megabytes } = shakedown('report', large)
  const empty = join(folder, 'empty.html')
  writeFileSync(empty, '<!doctype html><title>Empty</title><p>Nothing.</p>')
  const page = join(folder, 'index.html')
  const [blank, painted] = [await firstPaint(browser, empty), await firstPaint(browser, page)]
  const figures = {
    trials: made * times,
    megabytesOfPage: statSync(page).size / 1e6,
    megabytesOfMemory: megabytes,
    secondsToRender: seconds,
    renderOverRun: seconds / ((durationMs / 1_000) * times),
    millisecondsToFirstPaint: painted,
    millisecondsToFirstPaintOfAnEmptyPage: blank,
  }
  for (const [name, value] of Object.entries(figures)) process.stdout.write(`${name} ${value.toPrecision(4)}\n`)
} finally {
  await browser.close()
  rmSync(folder, { recursive: true, force: true })
}

// Takes the pictures of the README and of docs/reports.md from reports/sample/index.html: the first screen in light and
// dark, on a phone, a laptop and a wide screen, and the first pages of the print. npm run screenshots, with the Debian
// packages chromium and poppler-utils.
import { execFileSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { chromium } from 'playwright-core'

const root = join(import.meta.dirname, '..')
const page = pathToFileURL(join(root, 'reports/sample/index.html')).href
const folder = join(root, 'docs/images')

const readme = { width: 1_120, height: 873 }
const pictures = [
  { name: 'report-light', colorScheme: 'light', viewport: readme },
  { name: 'report-dark', colorScheme: 'dark', viewport: readme },
  { name: 'report-phone', colorScheme: 'light', viewport: { width: 360, height: 1_440 } },
  { name: 'report-laptop', colorScheme: 'light', viewport: { width: 1_280, height: 1_600 } },
  { name: 'report-wide', colorScheme: 'dark', viewport: { width: 2_560, height: 1_440 } },
] as const

/** Pages of the print that are shown, and their pixels per inch. */
const printed = { pages: 2, resolution: 80 } as const

mkdirSync(folder, { recursive: true })
const browser = await chromium.launch({
  executablePath: '/usr/bin/chromium',
  args: ['--headless', '--no-sandbox', '--disable-gpu', '--force-device-scale-factor=1'],
})
const scratch = mkdtempSync(join(tmpdir(), 'shakedown-screenshots-'))
try {
  for (const { name, colorScheme, viewport } of pictures) {
    const context = await browser.newContext({ viewport, colorScheme, offline: true })
    const opened = await context.newPage()
    await opened.goto(page)
    await opened.screenshot({ path: join(folder, `${name}.png`) })
    await context.close()
  }
  const opened = await browser.newPage()
  await opened.goto(page)
  const pdf = join(scratch, 'report.pdf')
  await opened.pdf({ path: pdf, format: 'A4' })
  for (let number = 1; number <= printed.pages; number++) {
    const range = ['-f', String(number), '-l', String(number)]
    const picture = join(folder, `report-print-${number}`)
    execFileSync('pdftoppm', ['-png', '-singlefile', '-r', String(printed.resolution), ...range, pdf, picture])
  }
} finally {
  rmSync(scratch, { recursive: true, force: true })
  await browser.close()
}

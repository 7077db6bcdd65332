// Takes the pictures of the README from reports/sample/index.html, in light and dark: npm run screenshots.
import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { chromium } from 'playwright-core'

const root = join(import.meta.dirname, '..')
const page = pathToFileURL(join(root, 'reports/sample/index.html')).href
const folder = join(root, 'docs/images')
const viewport = { width: 1_120, height: 873 }

mkdirSync(folder, { recursive: true })
const browser = await chromium.launch({
  executablePath: '/usr/bin/chromium',
  args: ['--headless', '--no-sandbox', '--disable-gpu', '--force-device-scale-factor=1'],
})
for (const colorScheme of ['light', 'dark'] as const) {
  const context = await browser.newContext({ viewport, colorScheme, offline: true })
  const opened = await context.newPage()
  await opened.goto(page)
  await opened.screenshot({ path: join(folder, `report-${colorScheme}.png`) })
  await context.close()
}
await browser.close()

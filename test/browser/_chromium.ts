import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { type Browser, chromium } from 'playwright-core'

const executablePath = '/usr/bin/chromium'
const args = [
  '--headless',
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
]

/** Starts the Chromium of the system. */
export function launchChromium(): Promise<Browser> {
  if (!existsSync(executablePath))
    throw new Error(`There is no ${executablePath}: install the package chromium to run these tests.`)
  return chromium.launch({ executablePath, args })
}

/** Pages on disk, as readers open them. */
export interface PageFolder {
  address(name: string): string
  remove(): void
}

/** Writes pages into a folder of their own. */
export function pageFolder(pages: Readonly<Record<string, string>>): PageFolder {
  const folder = mkdtempSync(join(tmpdir(), 'shakedown-report-'))
  for (const [name, html] of Object.entries(pages)) writeFileSync(join(folder, `${name}.html`), html)
  return {
    address: (name) => pathToFileURL(join(folder, `${name}.html`)).href,
    remove: () => rmSync(folder, { recursive: true, force: true }),
  }
}

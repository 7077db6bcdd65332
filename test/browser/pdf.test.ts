import { execFileSync } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { renderHtml } from '../../src/report/html/render-html.ts'
import { badDay, environment } from '../report/_sample.ts'
import { type PageFolder, launchChromium, pageFolder } from './_chromium.ts'

const scratch = mkdtempSync(join(tmpdir(), 'shakedown-pdf-'))
const file = join(scratch, 'report.pdf')
let browser: Browser
let folder: PageFolder
let headings: readonly string[]

beforeAll(async () => {
  folder = pageFolder({ badDay: renderHtml(badDay, environment) })
  browser = await launchChromium()
  const page = await browser.newPage()
  await page.goto(folder.address('badDay'))
  headings = await page.locator('h1, h2, h3').allInnerTexts()
  await page.pdf({ path: file, format: 'A4', tagged: true, outline: true })
})

afterAll(async () => {
  await browser?.close()
  folder?.remove()
  rmSync(scratch, { recursive: true, force: true })
})

/** Runs one of the tools of the Debian package poppler-utils; ligatures are taken apart and line ends are spaces. */
function read(tool: 'pdftotext' | 'pdfinfo', ...args: readonly string[]): string {
  try {
    return execFileSync(tool, args, { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] })
      .normalize('NFKC')
      .replaceAll(/\s+/g, ' ')
  } catch (error) {
    throw new Error(`There is no ${tool}: install the package poppler-utils to run these tests.`, { cause: error })
  }
}

describe('the report as a PDF', () => {
  it('holds its text in the order in which it is to be read', () => {
    const text = read('pdftotext', '-raw', file, '-')
    const places = [
      'Do not deploy',
      '1. sev1 support agent under provider trouble: L11',
      'no call was ever struck by faults of the family',
      'Since last time',
      'What was tested',
      '1 of 3 scenarios broke, 2 passed',
      'Faults delivered to 9,372 of',
      'R4 retry.after violated',
      'sev1 finding: L11',
      'Faults and properties',
      'Properties by scenario',
      'its situation never arose',
      'Findings in detail',
      'What happened in the replay effect',
      'Smallest cause',
      'Timeline',
      'npx shakedown replay',
      'Accepted findings',
      'Outside the world',
      'Acceptances that nothing used',
      'How to reproduce this run',
      'Where this run took place',
    ].map((words) => text.indexOf(words))
    expect(places).not.toContain(-1)
    expect(places).toEqual(places.toSorted((a, b) => a - b))
  })

  it('is tagged, so that a screen reader meets its headings, lists and tables as such and in order', () => {
    expect(read('pdfinfo', file)).toContain('Tagged: yes')
    const tree = read('pdfinfo', '-struct-text', file)
    const tags = [...tree.matchAll(/ (H[1-6]|Table|TH|LI|Figure)\b/g)].map(([, tag]) => tag)
    expect(tags[0]).toBe('H1')
    expect(tags.filter((tag) => ['H1', 'H2', 'H3'].includes(tag ?? ''))).toHaveLength(headings.length)
    for (const tag of ['Table', 'TH', 'LI', 'Figure']) expect(tags).toContain(tag)
  })

  it('has no filter, no button and no folded part', () => {
    const text = read('pdftotext', '-raw', file, '-')
    expect(text).not.toMatch(/Only problems|Unfold|\bCopy\b|Timeline in words|Skip to/)
  })
})

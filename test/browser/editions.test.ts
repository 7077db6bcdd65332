import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { type Browser, chromium } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { runBrowser } from '../../src/report/browser/run-browser.ts'
import { renderHtml } from '../../src/report/html/render-html.ts'
import { printPdf } from '../../src/report/pdf/print-pdf.ts'
import { photograph } from '../../src/report/picture/photograph.ts'
import { summaryPicture } from '../../src/report/picture/summary-picture.ts'
import { publicEdition } from '../../src/report/public/public-edition.ts'
import { badDay, environment, everyState, goodDay, measuredDay } from '../report/_sample.ts'
import { openStage } from '../docs/_commands-stage.ts'
import { outlineOf } from './_pdf-outline.ts'

const executablePath = '/usr/bin/chromium'
let browser: Browser

beforeAll(async () => {
  if (!existsSync(executablePath))
    throw new Error(`There is no ${executablePath}: install the package chromium to run these tests.`)
  browser = await chromium.launch({ executablePath, args: ['--headless', '--no-sandbox', '--disable-gpu'] })
})

afterAll(async () => {
  await browser?.close()
})

describe('the PDF of a report', () => {
  const html = renderHtml(badDay, environment)
  const pdf = printPdf(executablePath, html)

  it('is tagged, on A4, and has its headings in the order of the page', async () => {
    const text = pdf.toString('latin1')
    expect(text.slice(0, 5)).toBe('%PDF-')
    expect(text).toMatch(/\/MarkInfo <<[^>]*\/Marked true/)
    expect(text).toContain('/StructTreeRoot')
    expect(text).toMatch(/\/Lang \(en\)/)
    expect(text).toMatch(/\/MediaBox \[0 0 59[45](\.\d+)? 84[12](\.\d+)?\]/)
    const page = await browser.newPage()
    await page.emulateMedia({ media: 'print' })
    await page.setContent(html)
    const headings = await page.evaluate<string[]>(
      "[...document.querySelectorAll('h1,h2,h3,h4,h5,h6')].filter((each) => each.checkVisibility()).map((each) => each.textContent.replace(/\\s+/g, ' ').trim())",
    )
    await page.close()
    const outline = outlineOf(text)
    expect(headings.length).toBeGreaterThan(5)
    // Signs that are hidden from screen readers may be left out.
    const spoken = (title: string): string => title.replaceAll(/[✕✓?–!] /g, '')
    expect(outline.map(spoken)).toEqual(headings.map(spoken))
  })

  it('is the same bytes each time', () => {
    expect(printPdf(executablePath, html).equals(pdf)).toBe(true)
  })
})

it('says what is wrong where the browser makes nothing', () => {
  expect(() =>
    runBrowser('/bin/false', { page: { name: 'page.html', content: '' }, output: 'nothing', flags: () => [] }),
  ).toThrow(/^\/bin\/false made nothing of the page/)
})

it('prints and paints without asking the network for anything', () => {
  const page = { name: 'page.html', content: '<p>local</p><img src="http://127.0.0.1:9/x.png"><script>1</script>' }
  const output = 'dom.pdf'
  const made = runBrowser(executablePath, { page, output, flags: (path) => [`--print-to-pdf=${path}`] })
  expect(made.subarray(0, 5).toString()).toBe('%PDF-')
})

it('paints the picture in twice its pixels', () => {
  const png = photograph(executablePath, summaryPicture(measuredDay, environment))
  expect([png.readUInt32BE(16), png.readUInt32BE(20)]).toEqual([3_200, 1_800])
})

const pictured = { everyState, badDay, goodDay, measuredDay, public: publicEdition(measuredDay, '') }

it.each(Object.entries(pictured))(
  'draws %s with every text inside the frame and clear of the others',
  async (_name, results) => {
    const page = await browser.newPage({ viewport: { width: 1_600, height: 900 } })
    await page.setContent(
      `<body style="margin:0">${summaryPicture(results, environment).replace(/^<\?xml.*\n/, '')}</body>`,
    )
    const boxes = await page.evaluate<{ text: string; x: number; y: number; right: number; bottom: number }[]>(
      "[...document.querySelectorAll('svg text')].map((each) => { const { x, y, width, height } = each.getBBox(); return { text: each.textContent, x, y: y + height * 0.2, right: x + width, bottom: y + height * 0.8 } })",
    )
    await page.close()
    expect(boxes.filter(({ x, y, right, bottom }) => x < 0 || y < 0 || right > 1_600 || bottom > 900)).toEqual([])
    const meets = boxes.flatMap((one, index) =>
      boxes
        .slice(index + 1)
        .filter((other) => one.x < other.right && other.x < one.right && one.y < other.bottom && other.y < one.bottom)
        .map((other) => `${one.text} / ${other.text}`),
    )
    expect(meets).toEqual([])
  },
)

it.each([
  ['a wide', { width: 1_280, height: 800 }],
  ['a narrow', { width: 360, height: 740 }],
])('says on the first screen of %s window that a page is a public edition', async (_name, viewport) => {
  const page = await browser.newPage({ viewport })
  await page.setContent(renderHtml(publicEdition(badDay, ''), null))
  const box = await page.locator('.edition strong').boundingBox()
  expect((box?.y ?? Infinity) + (box?.height ?? 0)).toBeLessThan(viewport.height)
  if (viewport.width > 1_000) {
    const hash = await page.locator('.edition .hash').boundingBox()
    expect((hash?.y ?? Infinity) + (hash?.height ?? 0)).toBeLessThan(viewport.height)
  }
  await page.close()
})

it('prints a PDF by the command that the documentation shows', { timeout: 180_000 }, async () => {
  const page = readFileSync(join(import.meta.dirname, '../../docs/editions.md'), 'utf8')
  const command = /```console\n\$ npx (shakedown .*--pdf)\n```/.exec(page)?.[1] ?? ''
  await using stage = await openStage()
  const { exitCode, printed } = await stage.type(command)
  expect(printed).toMatch(/\nReport: .*\nreport\.pdf: /)
  expect([0, 1, 3]).toContain(exitCode)
})

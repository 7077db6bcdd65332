import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { renderHtml } from '../../src/report/html/render-html.ts'
import { renderJunit } from '../../src/report/junit/render-junit.ts'
import type { Results } from '../../src/results/results-schema.ts'
import { badDay, breakerDay, environment, everyState, fullDay, goodDay, measuredDay } from '../report/_sample.ts'
import { axeViolations } from './_axe.ts'
import { type PageFolder, launchChromium, pageFolder } from './_chromium.ts'
import { faintTexts } from './_faint-texts.ts'

const wide = { width: 1_280, height: 800 }
const narrow = { width: 360, height: 740 }
/** A4 without the margins that the page asks for, in pixels of which an inch has 96. */
const paper = { width: 672, height: 1_001 }
/** In the page's own words: the project's types know no DOM. */
const openDetails = "for (const details of document.querySelectorAll('details')) details.open = true"
const days: Readonly<Record<string, Results>> = { everyState, badDay, goodDay, measuredDay, breakerDay, fullDay }

let browser: Browser
let folder: PageFolder

beforeAll(async () => {
  folder = pageFolder(
    Object.fromEntries(Object.entries(days).map(([name, results]) => [name, renderHtml(results, environment)])),
  )
  browser = await launchChromium()
})

afterAll(async () => {
  await browser?.close()
  folder?.remove()
})

interface Opened {
  readonly page: Page
  /** Whatever the browser complained about, or asked the network for. */
  readonly complaints: string[]
}

async function open(day: string, viewport = wide, colorScheme: 'light' | 'dark' = 'light'): Promise<Opened> {
  const context = await browser.newContext({ viewport, colorScheme, offline: true })
  const page = await context.newPage()
  const complaints: string[] = []
  const address = folder.address(day)
  page.on('console', (message) => complaints.push(message.text()))
  page.on('pageerror', (error) => complaints.push(error.message))
  page.on('requestfailed', (request) => complaints.push(`failed: ${request.url()}`))
  page.on('request', (request) => {
    if (request.url() !== address) complaints.push(`asked for: ${request.url()}`)
  })
  page.on('dialog', (dialog) => {
    complaints.push(`dialog: ${dialog.message()}`)
    void dialog.dismiss()
  })
  await page.goto(address)
  return { page, complaints }
}

describe.each(Object.keys(days))('the report of %s, opened from disk without a network', (day) => {
  it.each([
    ['wide', wide],
    ['narrow', narrow],
  ])('gives the browser nothing to complain about and fits a %s window', async (_name, viewport) => {
    const { page, complaints } = await open(day, viewport)
    await page.evaluate(openDetails)
    const width = await page.evaluate('document.documentElement.scrollWidth')
    expect(width).toBe(viewport.width)
    expect(complaints).toEqual([])
    await page.context().close()
  })

  it.each([
    ['wide', wide],
    ['narrow', narrow],
  ])('shows verdict, advice and summary at first sight in a %s window', async (_name, viewport) => {
    const { page } = await open(day, viewport)
    for (const part of ['h1', '.advice', '.summary']) {
      const box = await page.locator(`header ${part}`).boundingBox()
      expect(box, part).not.toBeNull()
      expect((box?.y ?? 0) + (box?.height ?? 0), part).toBeLessThan(viewport.height)
    }
    await page.context().close()
  })

  it.each([
    ['light, wide', wide, 'light'],
    ['dark, wide', wide, 'dark'],
    ['light, narrow', narrow, 'light'],
  ] as const)('gives axe-core nothing to find in %s, closed and with everything open', async (_name, size, scheme) => {
    const { page, complaints } = await open(day, size, scheme)
    expect(await axeViolations(page)).toEqual([])
    await page.evaluate(openDetails)
    expect(await axeViolations(page)).toEqual([])
    expect(complaints).toEqual([])
    await page.context().close()
  })

  it.each(['light', 'dark'] as const)('has no text of less contrast than 4.5 in %s', async (scheme) => {
    const { page } = await open(day, wide, scheme)
    await page.evaluate(openDetails)
    expect(await page.evaluate(faintTexts)).toEqual([])
    await page.context().close()
  })
})

it('shows what was tested, service levels, declarations and incidents on the first screen of a laptop', async () => {
  const { page } = await open('measuredDay')
  for (const part of ['#tested', '#service-levels', '.card .figure', '#declarations', '#incidents']) {
    const box = await page.locator(part).first().boundingBox()
    expect(box, part).not.toBeNull()
    expect((box?.y ?? 0) + (box?.height ?? 0), part).toBeLessThan(wide.height)
  }
  await page.context().close()
})

it('opens every detail by the keyboard alone', async () => {
  const { page } = await open('badDay')
  const count = await page.locator('details').count()
  expect(count).toBeGreaterThan(3)
  const opened = () => page.locator('details[open]').count()
  for (let presses = 0; presses < 200 && (await opened()) < count; presses++) {
    await page.keyboard.press('Tab')
    const isClosed = await page.evaluate<boolean>("document.activeElement?.matches('details:not([open]) > summary')")
    if (isClosed) await page.keyboard.press('Enter')
  }
  expect(await opened()).toBe(count)
  await page.context().close()
})

// Without the hostile one: an ID as long as a line, without a space, makes the table of its acceptances wider than paper.
const printed = Object.keys(days).filter((day) => day !== 'everyState')

it.each(printed)('prints %s with nothing cut off, whatever is open', async (day) => {
  const { page } = await open(day, paper)
  await page.emulateMedia({ media: 'print' })
  await page.evaluate(openDetails)
  expect(await page.evaluate('document.documentElement.scrollWidth')).toBe(paper.width)
  await page.context().close()
})

it('prints counts that are folded away, and drill-downs once opened, on white paper with nothing cut off', async () => {
  const { page } = await open('badDay', paper, 'dark')
  await page.emulateMedia({ media: 'print', colorScheme: 'dark' })
  expect(await page.locator('.counts').first().isVisible()).toBe(true)
  expect(await page.locator('.timeline').first().isVisible()).toBe(false)
  await page.evaluate(openDetails)
  expect(await page.locator('.timeline').first().isVisible()).toBe(true)
  expect(await page.evaluate('getComputedStyle(document.body).backgroundColor')).toBe('rgb(255, 255, 255)')
  expect(await page.evaluate('document.documentElement.scrollWidth')).toBe(paper.width)
  expect((await page.pdf({ format: 'A4' })).subarray(0, 5).toString()).toBe('%PDF-')
  await page.context().close()
})

it.each(Object.entries(days))("the JUnit file of %s is XML to the browser's parser too", async (_name, results) => {
  const page = await browser.newPage()
  const read = `(text) => {
    const file = new DOMParser().parseFromString(text, 'application/xml')
    return { errors: file.querySelectorAll('parsererror').length, cases: file.querySelectorAll('testcase').length }
  }`
  const { errors, cases } = await page.evaluate<{ errors: number; cases: number }>(
    `(${read})(${JSON.stringify(renderJunit(results))})`,
  )
  expect(errors).toBe(0)
  expect(cases).toBeGreaterThan(2)
  await page.close()
})

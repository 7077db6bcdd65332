import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { renderHtml } from '../../src/report/html/render-html.ts'
import { badDay, breakerDay, environment, fullDay, measuredDay } from '../report/_sample.ts'
import { type PageFolder, launchChromium, pageFolder } from './_chromium.ts'

const days = { badDay, measuredDay, breakerDay, fullDay }
const phone = { width: 360, height: 740 }
/** In the page's own words: the project's types know no DOM. */
const openDetails = "for (const details of document.querySelectorAll('details')) details.open = true"

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

async function open(day: string, viewport = phone, javaScriptEnabled = true): Promise<Page> {
  const context = await browser.newContext({ viewport, offline: true, javaScriptEnabled })
  const page = await context.newPage()
  await page.goto(folder.address(day))
  return page
}

/** Cells of tables that end beyond the window, with what they say. */
const cellsOutOfView =
  "[...document.querySelectorAll('td, tbody th')].filter((cell) => cell.checkVisibility() && cell.getBoundingClientRect().right > innerWidth).map((cell) => cell.textContent)"

/** Cells that do not bear the heading of their column, nor stand in the table of a timeline. */
const cellsWithoutHeading = `[...document.querySelectorAll('table:not(.timeline)')].flatMap((table) => {
  const headings = [...table.querySelectorAll('thead th')].map((heading) => heading.firstChild?.textContent ?? '')
  return [...table.querySelectorAll('tbody td')].filter((cell) => (cell.dataset.label ?? '') !== headings[cell.cellIndex]).map((cell) => cell.outerHTML)
})`

/** Everything that scrolls sideways: whether it has to, and whether a hint says so. */
const rooms = `[...document.querySelectorAll('.scroll')].filter((room) => room.checkVisibility()).map((room) => {
  const before = room.previousElementSibling
  const isTold = before?.matches('.scroll-hint')
    ? before.checkVisibility()
    : getComputedStyle(room, '::before').content.includes('Wider than the window')
  return { name: room.ariaLabel ?? '', isWide: room.scrollWidth > room.clientWidth + 1, isTold }
})`

interface Room {
  readonly name: string
  readonly isWide: boolean
  readonly isTold: boolean
}

describe.each(Object.keys(days))('the report of %s on a phone', (day) => {
  it.each([true, false])('has every cell of every table in view, with scripts: %s', async (hasScripts) => {
    const page = await open(day, phone, hasScripts)
    if (hasScripts) await page.evaluate(openDetails)
    expect(await page.evaluate(cellsOutOfView)).toEqual([])
    await page.context().close()
  })

  it('has the heading of its column before each cell', async () => {
    const page = await open(day)
    expect(await page.evaluate(cellsWithoutHeading)).toEqual([])
    await page.context().close()
  })

  it.each([phone.width, 768, 1_280])(
    'says at %i pixels where something is out of view, and nowhere else',
    async (width) => {
      const page = await open(day, { width, height: 800 })
      await page.evaluate(openDetails)
      // Two frames: the sizes of what was opened are told in the one, and drawn by the other.
      await page.evaluate('new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))')
      const found = await page.evaluate<Room[]>(rooms)
      expect(found.length).toBeGreaterThan(2)
      expect(found.filter(({ isWide, isTold }) => isWide !== isTold)).toEqual([])
      await page.context().close()
    },
  )
})

it.each(['badDay', 'breakerDay'])(
  'shows on a phone the moment at which each violation of %s is certain',
  async (day) => {
    const page = await open(day)
    const lines = await page.evaluate<{ x: number; from: number; to: number }[]>(
      `[...document.querySelectorAll('.lanes .violation')].map((line) => {
      const { left, right } = line.closest('.scroll').getBoundingClientRect()
      return { x: line.getBoundingClientRect().x, from: left, to: right }
    })`,
    )
    expect(lines.length).toBeGreaterThan(0)
    expect(lines.filter(({ x, from, to }) => x < from || x > to)).toEqual([])
    await page.context().close()
  },
)

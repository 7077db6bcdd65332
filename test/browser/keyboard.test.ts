import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { renderHtml } from '../../src/report/html/render-html.ts'
import { badDay, environment, measuredDay } from '../report/_sample.ts'
import { type PageFolder, launchChromium, pageFolder } from './_chromium.ts'

let browser: Browser
let folder: PageFolder

beforeAll(async () => {
  folder = pageFolder({ badDay: renderHtml(badDay, environment), measuredDay: renderHtml(measuredDay, environment) })
  browser = await launchChromium()
})

afterAll(async () => {
  await browser?.close()
  folder?.remove()
})

async function open(day: string): Promise<Page> {
  const context = await browser.newContext({ viewport: { width: 1_280, height: 800 }, offline: true })
  const page = await context.newPage()
  await page.goto(folder.address(day))
  return page
}

/** In the page's own words: the project's types know no DOM. */
const focused = `(() => {
  const { activeElement: element } = document
  const { outlineStyle, outlineWidth } = getComputedStyle(element)
  const { top, bottom, width, height } = element.getBoundingClientRect()
  return {
    place: [...document.querySelectorAll('*')].indexOf(element),
    name: element.tagName + ' ' + (element.ariaLabel ?? element.textContent).slice(0, 40),
    isOutlined: outlineStyle !== 'none' && parseFloat(outlineWidth) >= 2,
    isInView: bottom > 0 && top < innerHeight && width > 0 && height > 0,
  }
})()`

interface Focused {
  readonly place: number
  readonly name: string
  readonly isOutlined: boolean
  readonly isInView: boolean
}

it.each(['badDay', 'measuredDay'])(
  'reaches every control of %s with the Tab key, in the order of the page, where it can be seen',
  async (day) => {
    const page = await open(day)
    const controls = await page
      .locator('a[href], button, input, summary, [tabindex="0"]')
      .filter({ visible: true })
      .count()
    const stops: Focused[] = []
    for (let press = 0; press < controls; press++) {
      await page.keyboard.press('Tab')
      stops.push(await page.evaluate<Focused>(focused))
    }
    expect(controls).toBeGreaterThan(15)
    expect(new Set(stops.map(({ place }) => place)).size).toBe(controls)
    expect(stops.map(({ place }) => place)).toEqual(stops.map(({ place }) => place).toSorted((a, b) => a - b))
    expect(stops.filter(({ isOutlined, isInView }) => !isOutlined || !isInView)).toEqual([])
    await page.context().close()
  },
)

it('works the filter, the folds and the links without a mouse', async () => {
  const page = await open('badDay')
  const to = async (selector: string) => {
    for (let press = 0; press < 80; press++) {
      if (await page.evaluate<boolean>(`document.activeElement.matches(${JSON.stringify(selector)})`)) return
      await page.keyboard.press('Tab')
    }
    throw new Error(`${selector} was not reached`)
  }
  await page.keyboard.press('Tab')
  await page.keyboard.press('Enter')
  expect(await page.evaluate('location.hash')).toBe('#verdict')
  await page.reload()
  await to('.list a[href="#finding-1-2"]')
  await page.keyboard.press('Enter')
  expect(await page.locator('#finding-1-2').isVisible()).toBe(true)
  await page.goto(folder.address('badDay'))
  await to('#filter')
  await page.keyboard.type('at-most-once')
  expect(await page.locator('.finding:visible').count()).toBe(1)
  await to('#trouble')
  await page.keyboard.press('Space')
  expect(await page.locator('#trouble').isChecked()).toBe(true)
  await to('#unfold')
  await page.keyboard.press('Enter')
  expect(await page.locator('.finding:visible details:not(.raw, [open])').count()).toBe(0)
  expect(await page.locator('.finding:visible details[open]').count()).toBeGreaterThan(0)
  await to('button.copy')
  await page.keyboard.press('Space')
  expect(await page.locator('.replay output').filter({ visible: true }).first().innerText()).not.toBe('')
  await page.context().close()
})

import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { renderHtml } from '../../src/report/html/render-html.ts'
import { badDay, environment } from '../report/_sample.ts'
import { type PageFolder, launchChromium, pageFolder } from './_chromium.ts'

let browser: Browser
let folder: PageFolder

beforeAll(async () => {
  folder = pageFolder({ badDay: renderHtml(badDay, environment) })
  browser = await launchChromium()
})

afterAll(async () => {
  await browser?.close()
  folder?.remove()
})

/** What a reader sees of the page, without what is filtered or folded away. */
const seen = (page: Page): Promise<string> => page.locator('main').innerText()

async function open(javaScriptEnabled = true): Promise<Page> {
  const context = await browser.newContext({
    viewport: { width: 1_280, height: 800 },
    offline: true,
    javaScriptEnabled,
  })
  const page = await context.newPage()
  await page.goto(folder.address('badDay'))
  return page
}

describe('the page with scripts on', () => {
  it('filters properties, findings and scenarios by all the words that are typed, and says how many are left', async () => {
    const page = await open()
    await page.getByLabel('Filter').fill('R4 retry.after')
    const text = await seen(page)
    expect(text).toContain('retry.after')
    expect(text).not.toContain('loop.termination')
    expect(await page.locator('.finding:visible').count()).toBe(2)
    expect(await page.locator('.matrix .group:visible').count()).toBe(1)
    expect(await page.locator('#filtered').innerText()).toMatch(/^\d+ of \d+ entries$/)
    await page.getByLabel('Filter').fill('loop.termination')
    expect(await page.locator('.calm tr', { hasText: 'loop.termination' }).isVisible()).toBe(true)
    await page.getByLabel('Filter').fill('')
    expect(await page.locator('.finding:visible').count()).toBe(3)
    expect(await page.locator('#filtered').innerText()).toBe('')
    await page.context().close()
  })

  it('shows only problems', async () => {
    const page = await open()
    await page.getByLabel('Only problems').check()
    const text = await seen(page)
    expect(text).toContain('effects.at-most-once')
    expect(text).not.toContain('loop.termination')
    expect(await page.locator('.scenario:visible').count()).toBe(1)
    await page.context().close()
  })

  it('follows a link to what is filtered away', async () => {
    const page = await open()
    await page.getByLabel('Filter').fill('nothing has these words')
    expect(await page.locator('.finding:visible').count()).toBe(0)
    await page.getByRole('link', { name: 'L11 effects.at-most-once' }).first().click()
    expect(await page.locator('#finding-1-2').isVisible()).toBe(true)
    expect(await page.getByLabel('Filter').inputValue()).toBe('')
    await page.context().close()
  })

  it('unfolds everything and folds it again', async () => {
    const page = await open()
    const all = await page.locator('details').count()
    await page.getByRole('button', { name: 'Unfold all' }).click()
    expect(await page.locator('details[open]').count()).toBe(all)
    await page.getByRole('button', { name: 'Unfold all' }).click()
    expect(await page.locator('details[open]').count()).toBe(0)
    await page.context().close()
  })

  it('copies the line that replays a finding, or selects it where it may not', async () => {
    const page = await open()
    const line = await page.locator('.replay code').first().innerText()
    const button = page.getByRole('button', { name: 'Copy the line that replays R4' }).first()
    await page.evaluate('navigator.clipboard.writeText = (text) => Promise.resolve((window.copied = text))')
    await button.click()
    expect(await page.evaluate('window.copied')).toBe(line)
    expect(await page.locator('.replay output').first().innerText()).toBe('Copied')
    await page.evaluate('navigator.clipboard.writeText = () => Promise.reject(new Error())')
    await button.click()
    expect(await page.evaluate('getSelection().toString()')).toBe(line)
    await page.context().close()
  })
})

it('is complete without scripts, and offers nothing that would need them', async () => {
  const [without, withScripts] = [await open(false), await open()]
  expect(await without.locator('form, button').filter({ visible: true }).count()).toBe(0)
  for (const part of ['.matrix', '.finding', '.scenario', '.card', '.list', 'svg'])
    expect(await without.locator(part).count()).toBe(await withScripts.locator(part).count())
  await without.context().close()
  await withScripts.context().close()
})

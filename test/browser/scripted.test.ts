import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
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

/** What a reader sees of the page, without what is filtered or folded away. */
const seen = (page: Page): Promise<string> => page.locator('main').innerText()

async function open(javaScriptEnabled = true, day = 'badDay'): Promise<Page> {
  const context = await browser.newContext({
    viewport: { width: 1_280, height: 800 },
    offline: true,
    javaScriptEnabled,
  })
  const page = await context.newPage()
  await page.goto(folder.address(day))
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

  it('filters by what an entry is, and not by what it mentions', async () => {
    const page = await open()
    const filter = page.getByLabel('Filter')
    const findings = page.locator('.finding:visible')
    expect(await page.locator('.finding').first().innerText()).toContain('attempt')
    await filter.fill('attempt')
    expect(await findings.count()).toBe(0)
    for (const [words, count] of [
      ['accepted', 1],
      ['sev1', 1],
      ['circuit', 0],
      ['R', 2],
      ['refund', 0],
    ] as const) {
      await filter.fill(words)
      expect(await findings.count(), words).toBe(count)
    }
    await filter.fill('calm weather')
    expect(await page.locator('.scenario:visible').count()).toBe(1)
    await filter.fill('L1')
    expect(await page.locator('.matrix tbody tr:not(.group-row):visible').allInnerTexts()).toHaveLength(1)
    await page.context().close()
  })

  it('filters cards and the objectives of scenarios too', async () => {
    const page = await open(true, 'measuredDay')
    const filter = page.getByLabel('Filter')
    await filter.fill('timeout met')
    expect(await page.locator('.card h3:visible').allInnerTexts()).toHaveLength(1)
    expect(await page.locator('.objective:visible .title').allInnerTexts()).toEqual(
      expect.arrayContaining([expect.stringContaining('timeout')]),
    )
    await filter.fill('keeps its word')
    expect(await page.locator('.scenario:visible').count()).toBe(1)
    await page.getByLabel('Only problems').check()
    expect(await page.locator('.card:visible').count()).toBe(0)
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
    await page.locator('.reasons').getByRole('link', { name: 'L11 (effects.at-most-once)' }).click()
    expect(await page.locator('#finding-1-2').isVisible()).toBe(true)
    expect(await page.getByLabel('Filter').inputValue()).toBe('')
    await page.context().close()
  })

  it('unfolds all but what is well, says so, and folds it again', async () => {
    const page = await open()
    const unfold = page.getByRole('button', { name: 'Unfold all but what is well' })
    const well = ['.calm', '.inapplicable', '.raw', '.scenario:has(h3 > .badge.tone-good) details'].join()
    const countOpen = (parts: string) => page.locator(parts).and(page.locator('[open]')).count()
    const [before, ofWell] = [await countOpen('details'), await countOpen(well)]
    await unfold.click()
    for (const part of ['.finding details:not(.raw)', '.scenario:has(h3 > .badge.tone-bad) details:not(.counted)'])
      expect(await page.locator(part).filter({ visible: true }).and(page.locator(':not([open])')).count(), part).toBe(0)
    expect(await countOpen('details')).toBeGreaterThan(before)
    expect(await countOpen(well)).toBe(ofWell)
    await unfold.click()
    expect(await countOpen('details')).toBe(before)
    await page.context().close()
  })

  it('copies the line that replays a finding, or selects it where it may not', async () => {
    const page = await open()
    const button = page.getByRole('button', { name: 'Copy the line that replays R4' }).first()
    const replay = page.locator('.replay').filter({ has: button }).first()
    const line = await replay.locator('code').innerText()
    await page.evaluate('navigator.clipboard.writeText = (text) => Promise.resolve((window.copied = text))')
    await button.click()
    expect(await page.evaluate('window.copied')).toBe(line)
    expect(await replay.locator('output').innerText()).toBe('Copied')
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

import { describe, expect, it } from 'vitest'
import { summaryPicture } from '../../../src/report/picture/summary-picture.ts'
import { verdictText } from '../../../src/results/verdict.ts'
import { visibleLine } from '../../../src/report/visible-text.ts'
import { days } from '../_days.ts'
import { type Parsed, parseXml } from '../_parse-xml.ts'
import { environment, everyState, measuredDay } from '../_sample.ts'

function elements(root: Parsed): Parsed[] {
  return [root, ...root.children.flatMap(elements)]
}

const textsOf = (svg: string): string[] =>
  elements(parseXml(svg))
    .filter(({ name }) => name === 'text')
    .map(({ text }) => text)

describe.each(Object.entries(days))('the picture of %s', (_name, results) => {
  const svg = summaryPicture(results, environment)
  const root = parseXml(svg)

  it('is the same bytes each time, and loads nothing', () => {
    expect(summaryPicture(results, environment)).toBe(svg)
    const names = new Set(elements(root).map(({ name }) => name))
    expect([...names].filter((name) => !['svg', 'title', 'desc', 'rect', 'line', 'text'].includes(name))).toEqual([])
    expect(elements(root).flatMap(({ attributes }) => Object.keys(attributes))).not.toContain('href')
  })

  it('says the verdict and what was tested to those who do not see it', () => {
    const title = visibleLine(verdictText(results.verdict))
    expect(root.attributes).toMatchObject({ role: 'img', 'aria-label': title })
    expect(root.children.find(({ name }) => name === 'title')?.text).toBe(title)
    expect(root.children.find(({ name }) => name === 'desc')?.text).toMatch(/trials?, .* of virtual time/)
  })

  it('leaves nothing outside the frame', () => {
    for (const { attributes } of elements(root).filter(({ name }) => ['text', 'rect', 'line'].includes(name))) {
      const [x, y] = [Number(attributes.x ?? attributes.x1 ?? 0), Number(attributes.y ?? attributes.y1 ?? 0)]
      expect(x + Number(attributes.width ?? 0)).toBeLessThanOrEqual(1_600)
      expect(y + Number(attributes.height ?? 0)).toBeLessThanOrEqual(900)
      expect(Math.min(x, y)).toBeGreaterThanOrEqual(0)
    }
  })
})

it('shows the service levels with intervals and budgets, the declarations, and the day and commit of the run', () => {
  const texts = textsOf(summaryPicture(measuredDay, environment))
  for (const part of ['✕ Fail', 'Service levels', 'Declarations', '✕ missed', '0123456789ab', 'support agent 1.2.0'])
    expect(texts).toContain(part)
  expect(texts.find((text) => text.startsWith('95 %: '))).toMatch(/^95 %: \d/)
  expect(texts.find((text) => text.startsWith('budget: '))).toMatch(/left/)
  expect(texts.at(-1)).toMatch(/^2026-03-01 · /)
})

it('leaves out day and commit where the environment is not given', () => {
  const svg = summaryPicture(measuredDay, null)
  expect(svg).not.toContain('2026-03-01 ·')
  expect(svg).not.toContain('0123456789ab')
})

it('has the findings that gate before those that are accepted', () => {
  const found = textsOf(summaryPicture(everyState, null)).filter((text) => /^[A-Z]\d+ /.test(text))
  expect(found.length).toBeGreaterThan(1)
  expect(found[0]).not.toContain('accepted')
})

it('shortens what is too long for its place, by dots', () => {
  const [scenario] = measuredDay.scenarios
  if (scenario === undefined) throw new Error('the sample is empty')
  const name = 'a scenario with a name that nobody could ever read on a slide '.repeat(4)
  const texts = textsOf(
    summaryPicture({ ...measuredDay, scenarios: [{ ...scenario, name }, ...measuredDay.scenarios] }, null),
  )
  expect(texts.some((text) => text.endsWith('…')) && texts.every((text) => !text.includes(name))).toBe(true)
  expect(Math.max(...texts.map((text) => text.length))).toBeLessThan(140)
})

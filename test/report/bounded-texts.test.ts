import { describe, expect, it } from 'vitest'
import { boundedTexts } from '../../src/report/bounded-texts.ts'
import { renderCtrf } from '../../src/report/ctrf/render-ctrf.ts'
import { renderHtml } from '../../src/report/html/render-html.ts'
import { renderSarif } from '../../src/report/sarif/render-sarif.ts'
import { renderTerminal } from '../../src/report/terminal/render-terminal.ts'
import { environment, everyState, resultsOf, scenarioOf, searchOf, tallyOf } from './_sample.ts'

describe('boundedTexts', () => {
  it('shortens texts and names, and keeps the token that replays', () => {
    const [long, short] = ['x'.repeat(10_000), `${'x'.repeat(3_999)}…`]
    expect(boundedTexts({ token: long, text: long, [long]: [long, 1, null] })).toEqual({
      token: long,
      text: short,
      [short]: [short, 1, null],
    })
  })

  it('hands back what has no long text', () => {
    expect(boundedTexts(everyState)).toBe(everyState)
  })
})

it('a line of a megabyte makes no page of twenty, and no screen without an end', () => {
  const long = '\u0000'.repeat(1_000_000)
  const wordy = {
    ...resultsOf([
      scenarioOf(long, { search: searchOf({ tally: tallyOf({ outside: [long], ends: { [long]: 2 } }) }) }),
    ]),
    shakedown: long,
  }
  const stack = { ...environment, replacedWorkers: [{ scenario: long, trial: 1, stack: long }] }
  expect(renderHtml(wordy, stack).length).toBeLessThan(3_000_000)
  expect(renderSarif(wordy).length).toBeLessThan(500_000)
  expect(renderCtrf(wordy, stack).length).toBeLessThan(500_000)
  expect(renderTerminal(wordy, { colour: false, columns: 100 }).length).toBeLessThan(200_000)
})

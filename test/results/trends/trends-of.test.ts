import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { rateOf } from '../../../src/objectives/rate-of.ts'
import { trendsOf } from '../../../src/results/trends/trends-of.ts'
import type { DatedResults, Trends } from '../../../src/results/trends/trends.ts'
import { declaration, checkOf } from '../../report/_measures.ts'
import { type Night, nightly } from './_runs.ts'

/** Trends of nights, the last of which is this run. */
function over(...nights: readonly Night[]): Trends {
  const runs = nights.map(nightly)
  return trends(runs.at(-1) as DatedResults, runs.slice(0, -1))
}

function trends(current: DatedResults, runs: readonly DatedResults[]): Trends {
  return trendsOf({ ...current, name: 'this run' }, { runs, unreadable: [] })
}

const otherHash = 'fedcba9876543210'

describe('the runs of a series', () => {
  it('stand in the order of their dates, this one last, in whatever order they were found', () => {
    const nights = [1, 2, 3, 4, 5].map((day) => nightly({ day, solved: 1_900 + day }))
    const current = nightly({ day: 9, solved: 1_950 })
    const told = JSON.stringify(trends(current, nights))
    expect(trends(current, nights).runs.map(({ name }) => name)).toEqual([
      ...nights.map(({ name }) => name),
      'this run',
    ])
    fc.assert(
      fc.property(fc.shuffledSubarray(nights, { minLength: 5 }), (found) => {
        expect(JSON.stringify(trends(current, found))).toBe(told)
      }),
    )
  })

  it('leaves out what is not earlier, what the harness spoilt, and what is there twice, and names them', () => {
    const current = nightly({ day: 5, solved: 1_950 })
    const [first, later] = [nightly({ day: 1, solved: 1_950 }), nightly({ day: 6, solved: 1_950 })]
    const spoilt = nightly({ day: 2 })
    const torn = {
      ...spoilt,
      results: { ...spoilt.results, verdict: { ...spoilt.results.verdict, status: 'harness failure' as const } },
    }
    const { runs, leftOut } = trends(current, [first, { ...first, name: 'copy.json' }, torn, later])
    expect(runs.map(({ name }) => name)).toEqual(['2026-11-01/results.json', 'this run'])
    expect(leftOut.map(({ name, sentence }) => `${name}: ${sentence}`)).toEqual([
      'copy.json: it is the same run as 2026-11-01/results.json',
      '2026-11-02/results.json: the harness failed in it, so that it cannot be trusted',
      '2026-11-06/results.json: it is of 2026-11-06T03:00:00.000Z, which is not before this run',
    ])
  })

  it('does not call this run an earlier one where it was kept among them', () => {
    const current = nightly({ day: 5, solved: 1_950 })
    const { runs, leftOut } = trends(current, [nightly({ day: 1, solved: 1_900 }), current])
    expect({ runs: runs.length, leftOut }).toEqual({ runs: 2, leftOut: [] })
  })

  it.each([
    [
      'another task',
      { tasks: [{ id: 'refund', hash: otherHash }] },
      /^task "refund" changed, task "status", "return" are new$/,
    ],
    ['another grader', { graders: [otherHash, otherHash, otherHash] }, /^grader of task .* changed$/],
  ])('compares nothing where a run had %s', (_what, prints, sentence) => {
    const { leftOut, lines, findings } = over(
      { day: 1, solved: 1_900, retries: 'violated', prints },
      { day: 2, solved: 1_900, retries: 'holds' },
    )
    expect(leftOut).toMatchObject([{ name: '2026-11-01/results.json', scenario: 'desk' }])
    expect(leftOut[0]?.sentence).toMatch(sentence)
    expect([lines[0]?.points.length, findings]).toEqual([1, []])
  })

  it('compares findings and no rates where the faults of a condition changed', () => {
    const conditions = [{ name: 'tool failures', hash: otherHash }]
    const { leftOut, lines, burns, findings } = over(
      { day: 1, solved: 1_900, retries: 'violated', prints: { conditions } },
      { day: 2, solved: 1_900, retries: 'holds' },
    )
    expect(leftOut[0]?.sentence).toBe('faults of condition "tool failures" changed, so its rates are left out')
    expect([lines[0]?.points.length, burns, findings[0]?.state]).toEqual([1, [], 'fixed'])
  })

  it('takes other prompts and tools for what they are: another agent', () => {
    const prints = { prompts: otherHash, tools: [{ name: 'issue_refund', hash: otherHash }] }
    const { leftOut, lines } = over({ day: 1, solved: 1_900, prints }, { day: 2, solved: 1_950 })
    expect([leftOut, lines[0]?.points.length]).toEqual([[], 2])
  })

  it('compares nothing with a run that does not say what it ran', () => {
    const { leftOut } = over({ day: 1, solved: 1_900, prints: null }, { day: 2, solved: 1_950 })
    expect(leftOut.map(({ sentence }) => sentence)).toEqual(['it does not say what it was measured with'])
  })
})

describe('the lines of a series', () => {
  it('tell rate, interval and counts of each run, and the level of this one', () => {
    const { lines } = over({ day: 1, solved: 1_990 }, { day: 2 }, { day: 3, solved: 1_900 })
    expect(lines).toMatchObject([
      { scenario: 'desk', condition: 'tool failures', unit: 'share', level: 0.95, side: 'at least' },
    ])
    expect(lines[0]?.points).toEqual([
      { run: 0, value: 0.995, interval: rateOf(1_990, 2_000).exact, count: 1_990, size: 2_000 },
      { run: 2, value: 0.95, interval: rateOf(1_900, 2_000).exact, count: 1_900, size: 2_000 },
    ])
  })

  it('tell a mean in its own unit', () => {
    const objective = { measure: 'tool calls per task', atMost: 3, under: null } as const
    const [line] = over({ day: 1, solved: 1_990, objective }, { day: 2, solved: 1_990, objective }).lines
    expect(line).toMatchObject({ unit: 'number', level: 3, side: 'at most' })
    expect(line?.points).toMatchObject([
      { value: 2, interval: [2, 2], count: null, size: 2_000 },
      { value: 2, interval: [2, 2], count: null, size: 2_000 },
    ])
  })

  it('tell declared values by the declaration of this run', () => {
    const current = nightly({ day: 3, solved: 1_900 })
    const [scenario] = current.results.scenarios
    const check = checkOf({ condition: 'tool failures' })
    const declared = { ...current.results, scenarios: [{ ...scenario!, inForce: [{ declaration, checks: [check] }] }] }
    const { lines } = trends({ ...current, results: declared }, [nightly({ day: 1, solved: 1_980 })])
    expect(lines[1]).toMatchObject({
      of: { declared: { metric: 'task_success', value: 0.97, stratum: null, version: '1.2.0' } },
      points: [
        { run: 0, value: 0.99 },
        { run: 1, value: 0.95 },
      ],
    })
  })
})

describe('the burn rates of a series', () => {
  it('count the events of each run at its date, in windows that end with this run', () => {
    // 100 of 2,000 are 5 %, as many as a target of 95 % allows; 400 are four times as many.
    const { burns } = over({ day: 1, solved: 0 }, { day: 8, solved: 1_600 }, { day: 10, solved: 1_900 })
    expect(burns).toMatchObject([{ scenario: 'desk', target: 0.95, runs: [0, 1, 2], repeated: [] }])
    expect(burns[0]?.windows.map(({ long, short, state }) => [long.rate, short.rate, state])).toEqual([
      [1, 1, 'quiet'],
      [1, 1, 'quiet'],
      [1, 1, 'quiet'],
      // Three days reach back to the 8th and not to the 1st: 500 of 4,000.
      [2.5, 1, 'firing'],
    ])
  })

  it('need more events than a single failure could alarm', () => {
    const objective = { measure: 'task success', atLeast: 0.9999, under: null } as const
    const { burns } = over({ day: 1, solved: 2_000, objective }, { day: 9, solved: 1_999, objective })
    expect(burns[0]?.windows.map(({ state }) => state)).toContain('too few events')
    expect(burns[0]?.windows.every(({ state }) => state !== 'firing')).toBe(true)
  })

  it('count the very same trials once', () => {
    const same = { solved: 1_600, traces: 'same' }
    const { burns } = over({ day: 7, solved: 2_000 }, { day: 8, ...same }, { day: 9, ...same }, { day: 10, ...same })
    expect(burns).toMatchObject([{ runs: [0, 3], repeated: [1, 2] }])
    expect(burns[0]?.windows.at(-1)?.long).toMatchObject({ good: 1_600, bad: 400 })
    expect(over({ day: 9, ...same }, { day: 10, ...same }).burns).toEqual([])
  })

  it('survive JSON where nothing may fail', () => {
    const objective = { measure: 'task success', atLeast: 1, under: null } as const
    const told = over({ day: 9, solved: 2_000, objective }, { day: 10, solved: 1_999, objective })
    expect(told.burns[0]?.windows[0]?.long.rate).toBe('infinite')
    expect(JSON.parse(JSON.stringify(told))).toEqual(told)
  })

  it('scale with the period', () => {
    const current = nightly({ day: 10, solved: 1_900 })
    const earlier = { runs: [nightly({ day: 1, solved: 1_800 })], unreadable: [] }
    const { burns } = trendsOf(current, earlier, 300 * 86_400_000)
    expect(burns[0]?.windows.at(-1)).toMatchObject({ longMs: 30 * 86_400_000, long: { bad: 300 } })
  })
})

describe('the findings of a series', () => {
  const states: readonly (readonly [string, string | undefined])[] = [
    ['✓✕', 'new'],
    ['·✕', 'new'],
    ['✕✕', 'still failing'],
    ['✕·✕', 'still failing'],
    ['✕✓', 'fixed'],
    ['✕✓✓', undefined],
    ['✓✓', undefined],
    ['✕·', 'not judged'],
    ['✓✕✓', 'fixed'],
    ['✕✓✕', 'flaky'],
    ['✕✓✕✓', 'flaky'],
    ['✕✓✕·', 'flaky'],
  ]

  it.each(states)('%s is %s', (seen, state) => {
    const verdicts = { '✓': 'holds', '✕': 'violated', '·': 'vacuous' } as const
    const nights = [...seen].map((sign, index) => ({
      day: index + 1,
      retries: verdicts[sign as keyof typeof verdicts],
    }))
    expect(over(...nights).findings[0]?.state).toBe(state)
  })

  it('are known by scenario and property, with the run since which they fail', () => {
    const { findings } = over(
      { day: 1, retries: 'holds' },
      { day: 2, retries: 'violated' },
      { day: 3 },
      { day: 4, retries: 'violated' },
    )
    expect(findings).toMatchObject([
      { scenario: 'desk', property: 'R4', name: 'retry.after', state: 'still failing', now: 'violated', since: 1 },
    ])
  })

  it('are not fixed by a search that is shorter than the one that saw them', () => {
    const states = [2_000, 1_999].map(
      (searched) => over({ day: 1, retries: 'violated' }, { day: 2, retries: 'holds', searched }).findings[0]?.state,
    )
    expect(states).toEqual(['fixed', 'not judged'])
  })

  it('are neither new nor fixed without an earlier run', () => {
    expect(over({ day: 1, retries: 'violated' }).findings).toEqual([])
  })
})

import { describe, expect, it } from 'vitest'
import { liveProgress } from '../../../src/cli/progress/live-progress.ts'
import { handClock } from './_clock.ts'
import { fakeTerminal } from './_terminal.ts'

function open(columns: number, rows?: number) {
  const terminal = fakeTerminal(columns, rows)
  const clock = handClock()
  return { terminal, clock, progress: liveProgress(terminal, clock, false) }
}

const parts = [
  { name: 'without faults', trials: 1_000, isAtMost: false },
  { name: 'a shaky service', trials: 1_000, isAtMost: false },
]

describe('live progress', () => {
  it('shows a row for the search, with its pace, the time left and what it has found', () => {
    const { terminal, clock, progress } = open(100)
    progress.scenarioStarted('refunds', 2_000)
    clock.pass(200)
    expect(terminal.lines()).toEqual(['refunds', '  search  ░░░░░░░░░░░░░░░░  0 of 2,000', '0 s so far'])
    progress.faultFreeDone('refunds', 0)
    clock.pass(5_000)
    progress.trialsDone('refunds', 1_000, 2_000, ['L1', 'R4'])
    clock.pass(200)
    expect(terminal.lines()).toEqual([
      'refunds',
      '  search  ████████░░░░░░░░  1,000 of 2,000  200/s  5 s left  violated: L1, R4',
      '5 s so far',
    ])
  })

  it('shows the table of a scenario at once, and hides the cursor, before the clock draws anything', () => {
    const { terminal, progress } = open(100)
    progress.scenarioStarted('refunds', 2_000)
    expect(terminal.lines()).toEqual(['refunds', '  search  ░░░░░░░░░░░░░░░░  0 of 2,000', '0 s so far'])
    expect(terminal.isCursorShown()).toBe(false)
  })

  it('shows no search where a measure is burned in without one', () => {
    const { terminal, clock, progress } = open(100)
    for (const name of ['refunds', 'returns']) {
      progress.scenarioStarted(name, 0)
      progress.measureStarted(name, parts)
      clock.pass(1_000)
      progress.measured(name, 0, 500)
      clock.pass(200)
      const [title, first = '', second = ''] = terminal.lines().slice(-4)
      expect(title).toBe(name)
      expect(first).toMatch(/^ {2}without faults +█{8}░{8} +500 of 1,000/)
      expect(second).toMatch(/^ {2}a shaky service +░{16} +0 of 1,000/)
    }
  })

  it('counts the time left down between two blocks, and never to nothing', () => {
    const { terminal, clock, progress } = open(100)
    progress.scenarioStarted('refunds', 200)
    progress.faultFreeDone('refunds', 0)
    clock.pass(10_000)
    progress.trialsDone('refunds', 100, 200, [])
    clock.pass(4_000)
    expect(terminal.lines()[1]).toContain('6 s left')
    clock.pass(60_000)
    expect(terminal.lines()[1]).toContain('1 s left')
  })

  it('says how long the trials took once they are over, and what is done after them', () => {
    const { terminal, clock, progress } = open(100)
    progress.scenarioStarted('refunds', 200)
    progress.faultFreeDone('refunds', 0)
    clock.pass(10_000)
    progress.trialsDone('refunds', 200, 200, ['L1'])
    progress.shrinking('refunds', 'L1')
    clock.pass(65_000)
    expect(terminal.lines()).toEqual([
      'refunds',
      '  search  ████████████████  200 of 200  20/s  in 10 s  violated: L1, looking for the smallest caus…',
      '1 min 15 s so far',
    ])
  })

  it('shows a row for each condition of a measure', () => {
    const { terminal, clock, progress } = open(100)
    progress.scenarioStarted('refunds', 200)
    progress.faultFreeDone('refunds', 0)
    clock.pass(1_000)
    progress.trialsDone('refunds', 200, 200, [])
    progress.scenarioDone('refunds')
    progress.measureStarted('refunds', parts)
    clock.pass(10_000)
    progress.measured('refunds', 0, 500)
    progress.measured('refunds', 1, 100)
    clock.pass(10_000)
    progress.measured('refunds', 1, 100)
    clock.pass(200)
    expect(terminal.lines()).toEqual([
      'refunds',
      '  search           ████████████████    200 of 200  200/s  in 1 s',
      '  without faults   ████████░░░░░░░░  500 of 1,000   50/s  1 s left',
      '  a shaky service  ███░░░░░░░░░░░░░  200 of 1,000   10/s  80 s left',
      '21 s so far',
    ])
  })

  it('says at most where a measure ends as soon as everything is decided', () => {
    const { terminal, clock, progress } = open(100)
    progress.scenarioStarted('refunds', 1)
    progress.faultFreeDone('refunds', 0)
    progress.trialsDone('refunds', 1, 1, [])
    progress.scenarioDone('refunds')
    progress.measureStarted('refunds', [{ name: 'without faults', trials: 1_000, isAtMost: true }])
    clock.pass(10_000)
    progress.measured('refunds', 0, 100)
    clock.pass(200)
    expect(terminal.lines()[2]).toContain('100 of at most 1,000  10/s  at most 90 s left')
    progress.decided('refunds', 100, 1_000)
    clock.pass(200)
    expect(terminal.lines()[2]).toContain('100 of 1,000  10/s  in 10 s  everything is decided')
  })

  it('leaves the table of each scenario behind, and the cursor as it was', () => {
    const { terminal, clock, progress } = open(80)
    for (const name of ['one', 'two']) {
      progress.scenarioStarted(name, 1)
      progress.faultFreeDone(name, 0)
      clock.pass(1_000)
      expect(terminal.isCursorShown()).toBe(false)
      progress.trialsDone(name, 1, 1, [])
      progress.scenarioDone(name)
    }
    progress[Symbol.dispose]()
    progress[Symbol.dispose]()
    expect(terminal.lines()).toEqual([
      'one',
      '  search  ████████████████  1 of 1  1.0/s  in 1 s',
      'two',
      '  search  ████████████████  1 of 1  1.0/s  in 1 s',
    ])
    expect(terminal.isCursorShown()).toBe(true)
    expect(clock.running()).toBe(0)
  })

  it('leaves behind why a scenario was not searched, and what its trials cannot show', () => {
    const { terminal, clock, progress } = open(80)
    progress.unresolved('one', 'so few trials show nothing')
    progress.scenarioStarted('one', 100)
    clock.pass(200)
    progress.faultFreeDone('one', 1)
    progress[Symbol.dispose]()
    expect(terminal.lines()).toEqual(['one: so few trials show nothing.', 'one: 1 failure without any fault'])
  })

  it('writes only what has changed', () => {
    const { terminal, clock, progress } = open(80)
    progress.scenarioStarted('one', 100)
    clock.pass(400)
    const before = terminal.writes()
    clock.pass(400)
    expect(terminal.writes()).toBe(before)
  })

  it('leaves columns out where there is no room for them, and cuts what is still too long', () => {
    const { terminal, clock, progress } = open(44)
    progress.scenarioStarted('a scenario with a name that is longer than this terminal', 200)
    progress.faultFreeDone('', 0)
    clock.pass(1_000)
    progress.trialsDone('', 100, 200, ['L1', 'L2', 'L3', 'L4', 'L5', 'L6', 'L7'])
    clock.pass(200)
    expect(terminal.lines()).toEqual([
      'a scenario with a name that is longer than…',
      '  search  100 of 200  violated: L1, L2, L3…',
      '1 s so far',
    ])
  })

  it('writes over its lines where a terminal has become narrower and has broken them', () => {
    const { terminal, clock, progress } = open(60)
    progress.scenarioStarted('x'.repeat(58), 200)
    clock.pass(200)
    // The terminal breaks the line of 58 anew: it takes two of 40.
    const narrow = fakeTerminal(40)
    narrow.write(`${'x'.repeat(58)}\n${terminal.lines().slice(1).join('\n')}`)
    Object.assign(terminal, { columns: 40, write: narrow.write.bind(narrow) })
    progress.faultFreeDone('', 0)
    clock.pass(1_000)
    expect(narrow.lines()).toEqual([`${'x'.repeat(38)}…`, '  search  0 of 200', '1 s so far'])
  })

  it('counts what a low terminal has no room for, and repeats nothing', () => {
    const { terminal, clock, progress } = open(80, 4)
    progress.scenarioStarted('one', 100)
    progress.faultFreeDone('one', 0)
    progress.measureStarted('one', parts)
    for (let second = 0; second < 3; second++) clock.pass(1_000)
    expect(terminal.lines()).toEqual(['one', expect.stringContaining('search'), '… and 3 lines more'])
  })

  it('spells out control characters of a name instead of obeying them', () => {
    const { terminal, clock, progress } = open(80)
    progress.scenarioStarted('name\u001b[31m', 100)
    progress.measureStarted('', [{ name: 'under\u001b[2J', trials: 1, isAtMost: false }])
    clock.pass(200)
    expect(terminal.lines()[0]).toBe('name⟨U+001B⟩[31m')
    expect(terminal.lines()[2]).toMatch(/^ {2}under⟨U\+001B⟩\[2J/)
  })

  it('keeps columns below each other where names are written in wide characters', () => {
    const { terminal, clock, progress } = open(80)
    progress.scenarioStarted('返金', 100)
    progress.measureStarted('', [{ name: '返金', trials: 100, isAtMost: false }])
    clock.pass(200)
    // Each of the two takes two columns.
    expect(terminal.lines().slice(1, 3)).toEqual([
      '  search  ░░░░░░░░░░░░░░░░  0 of 100',
      '  返金    ░░░░░░░░░░░░░░░░  0 of 100',
    ])
  })
})

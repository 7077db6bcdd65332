import { describe, expect, it } from 'vitest'
import { plainProgress } from '../../../src/cli/progress/plain-progress.ts'
import { quietProgress } from '../../../src/cli/progress/quiet-progress.ts'
import { handClock } from './_clock.ts'

function open(make: typeof plainProgress) {
  const clock = handClock()
  const lines: string[] = []
  return { clock, lines, progress: make((line) => void lines.push(line), clock) }
}

describe('plain progress', () => {
  it('says when a scenario starts, each quarter of its trials, and what was found', () => {
    const { lines, progress } = open(plainProgress)
    progress.unresolved('refunds', 'so few trials show nothing')
    progress.scenarioStarted('refunds', 400)
    progress.faultFreeDone('refunds', 0)
    for (const done of [50, 100, 200, 250]) progress.trialsDone('refunds', done, 400, done < 200 ? [] : ['L1'])
    progress.shrinking('refunds', 'L1')
    progress.scenarioDone('refunds')
    progress.measureStarted('refunds', [{ name: 'without faults', trials: 1_000, isAtMost: true }])
    progress.measured('refunds', 0, 100)
    progress.measured('refunds', 0, 200)
    progress.decided('refunds', 300, 1_000)
    expect(lines).toEqual([
      'refunds: so few trials show nothing.',
      'refunds: 400 trials',
      'refunds: without faults every task is solved',
      'refunds: 100 of 400 trials',
      'refunds: 200 of 400 trials, violated: L1',
      'refunds: looking for the smallest cause of L1',
      'refunds: 300 of 1,000 trials measured',
      'refunds: everything is decided after 300 of at most 1,000 trials under each condition',
    ])
  })

  it('speaks of no search where a measure is burned in without one', () => {
    const { lines, progress } = open(plainProgress)
    progress.scenarioStarted('refunds', 0)
    progress.measureStarted('refunds', [{ name: 'without faults', trials: 400, isAtMost: false }])
    progress.measured('refunds', 0, 100)
    expect(lines).toEqual(['refunds: 100 of 400 trials measured'])
  })

  it('beats after half a minute of silence, and not sooner', () => {
    const { lines, clock, progress } = open(plainProgress)
    progress.scenarioStarted('refunds', 2_000)
    progress.faultFreeDone('refunds', 0)
    clock.pass(20_000)
    progress.trialsDone('refunds', 500, 2_000, [])
    clock.pass(29_999)
    expect(lines).toHaveLength(3)
    progress.trialsDone('refunds', 600, 2_000, [])
    clock.pass(1)
    expect(lines.slice(3)).toEqual(['refunds: 600 of 2,000 trials, 117 s left, 50 s so far'])
    clock.pass(30_000)
    expect(lines).toHaveLength(5)
    progress[Symbol.dispose]()
    clock.pass(300_000)
    expect(lines).toHaveLength(5)
    expect(clock.running()).toBe(0)
  })
})

describe('quiet progress', () => {
  it('only beats', () => {
    const { lines, clock, progress } = open(quietProgress)
    clock.pass(30_000)
    progress.unresolved('refunds', 'so few trials show nothing')
    progress.scenarioStarted('re\u001bfunds', 200)
    clock.pass(30_000)
    progress.faultFreeDone('refunds', 0)
    progress.trialsDone('refunds', 200, 200, ['L1'])
    progress.shrinking('refunds', 'L1')
    clock.pass(30_000)
    progress.scenarioDone('refunds')
    progress.measureStarted('refunds', [
      { name: 'without faults', trials: 100, isAtMost: true },
      { name: 'shaky', trials: 100, isAtMost: true },
    ])
    clock.pass(10_000)
    progress.measured('refunds', 0, 50)
    progress.measured('refunds', 1, 20)
    clock.pass(20_000)
    expect(lines).toEqual([
      'still running, 30 s so far',
      're⟨U+001B⟩funds: running without faults, 1 min 00 s so far',
      're⟨U+001B⟩funds: looking for the smallest cause of L1, 1 min 30 s so far',
      're⟨U+001B⟩funds: 70 of at most 200 trials, at most 20 s left, 2 min 00 s so far',
    ])
  })
})

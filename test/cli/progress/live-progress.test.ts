import { describe, expect, it } from 'vitest'
import { liveProgress } from '../../../src/cli/progress/live-progress.ts'

const eraseLine = '\r\u001b[2K'

function screen(columns: number) {
  let written = ''
  const stream = { columns, write: (text: string) => (written += text) !== '' }
  const progress = liveProgress(stream)
  return {
    progress,
    /** The lines that stay, then the one that is being written over. */
    lines: () => written.split('\n').map((line) => line.slice(line.lastIndexOf(eraseLine) + eraseLine.length)),
  }
}

describe('live progress', () => {
  it('shows how far a search is and what it has found, figures first', () => {
    const { progress, lines } = screen(80)
    progress.scenarioStarted('refunds', 2_000)
    progress.faultFreeDone('refunds', 0)
    progress.trialsDone('refunds', 1_000, 2_000, ['L1', 'R4'])
    expect(lines()).toEqual(['████████░░░░░░░░ 1,000 of 2,000 trials, violated: L1, R4 · refunds'])
  })

  it('cuts a line that is longer than the terminal, with a sign that it did', () => {
    const { progress, lines } = screen(40)
    progress.trialsDone('a scenario with a long name', 100, 200, [])
    expect(lines()).toEqual(['████████░░░░░░░░ 100 of 200 trials · a…'])
  })

  it('leaves one line behind for each scenario', () => {
    const { progress, lines } = screen(80)
    for (const name of ['one', 'two']) {
      progress.scenarioStarted(name, 1)
      progress.faultFreeDone(name, 0)
      progress.trialsDone(name, 1, 1, [])
      progress.scenarioDone(name)
    }
    expect(lines()).toEqual(['one: 1 trial', 'two: 1 trial', ''])
  })

  it('leaves behind why a scenario was not searched', () => {
    const { progress, lines } = screen(80)
    progress.scenarioStarted('one', 100)
    progress.faultFreeDone('one', 1)
    progress.scenarioDone('one')
    expect(lines()).toEqual(['one: 1 failure without any fault', ''])
  })

  it('spells out control characters of a name instead of obeying them', () => {
    const { progress, lines } = screen(80)
    progress.scenarioStarted('name\u001b[31m', 100)
    expect(lines()).toEqual(['name⟨U+001B⟩[31m: without faults'])
  })
})

import { describe, expect, it } from 'vitest'
import { gates } from '../../../src/objectives/gates.ts'
import { objectives } from '../../../src/objectives/objectives.ts'
import { plainReading } from '../../../src/objectives/population.ts'
import { acceptanceChecks } from '../../../src/results/doctor/acceptance-checks.ts'
import { foundAndRemedy } from '../../../src/results/doctor/check.ts'
import { validityCheck } from '../../../src/results/doctor/declaration-checks.ts'
import { type GatePlan, gateChecks, withoutQuarantine } from '../../../src/results/doctor/gate-checks.ts'
import { quarantineChecks } from '../../../src/results/doctor/quarantine-checks.ts'
import { evidencedOf } from '../../objectives/_evidence.ts'

describe('the days of a declaration', () => {
  const on = (today: string) => validityCheck(evidencedOf(), 'it', { today, expiryWarningDays: 14 })

  it.each([
    [
      '2025-12-31',
      'problem',
      'version 1.0.0 of "support desk" is not valid before 2026-01-01, and every run is inconclusive',
    ],
    ['2026-12-16', 'ok', 'version 1.0.0 of "support desk" holds until 2026-12-31'],
    ['2026-12-17', 'warning', 'version 1.0.0 of "support desk" expires after 2026-12-31, 14 days from today'],
    ['2026-12-31', 'warning', 'version 1.0.0 of "support desk" expires after 2026-12-31, today is its last day'],
    [
      '2027-01-01',
      'problem',
      'version 1.0.0 of "support desk" expired after 2026-12-31, and every run is inconclusive since',
    ],
  ] as const)('on %s are a %s', (today, state, found) => {
    expect(on(today)).toMatchObject({ state, found })
  })
})

describe('acceptances', () => {
  const accepted = { property: 'R4', reason: 'It is known.', owner: 'desk team', expires: '2026-06-30' }
  const scenario = { name: 'desk', accepted: [accepted], properties: ['R4'], unused: [] as string[] }
  const on = (today: string, changes: Partial<typeof scenario> = {}) =>
    acceptanceChecks({ ...scenario, ...changes }, { today, expiryWarningDays: 14 })[0]

  it('are told where they have run out, will soon, or are of no use', () => {
    expect(on('2026-01-01')).toMatchObject({ state: 'ok', found: 'it holds until 2026-06-30' })
    expect(on('2026-06-30')).toMatchObject({ state: 'warning', found: expect.stringContaining('its last day') })
    expect(on('2026-07-01')).toMatchObject({
      state: 'warning',
      found: expect.stringContaining('the finding gates again'),
    })
    expect(on('2026-01-01', { unused: ['R4'] })).toMatchObject({
      state: 'warning',
      found: 'the latest run had no such finding',
    })
    expect(on('2026-01-01', { properties: ['R1'] })).toMatchObject({ state: 'warning', remedy: 'remove it' })
  })
})

describe('quarantines', () => {
  const each = { gate: objectives.taskSuccess(0.99), reason: 'It is flaky.', owner: 'desk team', expires: '2026-06-30' }
  const on = (today: string, unneeded = [] as (typeof each)[]) =>
    quarantineChecks({ name: 'desk', quarantine: [each], unneeded }, { today, expiryWarningDays: 14 })[0]

  it('are told where they have run out, will soon, or are not needed', () => {
    expect(on('2026-01-01')).toMatchObject({
      state: 'ok',
      where: 'of the gate "task success of at least 99 %" of "desk"',
      found: 'it holds until 2026-06-30',
    })
    expect(on('2026-06-20')).toMatchObject({ state: 'warning', found: expect.stringContaining('10 days from today') })
    expect(on('2026-07-01')).toMatchObject({ state: 'warning', found: expect.stringContaining('holds nothing back') })
    expect(on('2026-01-01', [each])).toMatchObject({ state: 'warning', remedy: 'let it out' })
  })

  it('leave gates and tasks out of what the others are held to', () => {
    const tasks = { tasks: ['a'], gates: [each.gate], scenario: false }
    const gated = { ...plan, objectives: [each.gate], repeatGates: [gates.eachTask({ atLeast: 0.8, of: 10 })] }
    const [, [, found] = []] = gateChecks(withoutQuarantine(gated, tasks)).map((check) => [check.state, check.found])
    // Four tasks instead of five.
    expect(found).toContain('passes with 74.74 %')
  })
})

const plan: GatePlan = {
  scenario: 'desk',
  trials: 500,
  tasks: { status: 5 },
  isInTurns: true,
  reading: plainReading,
  conditions: ['without faults', 'tool failures'],
  objectives: [],
  repeatGates: [],
  familywise: 'holm',
  declarations: [],
}

describe('gates before a run', () => {
  const told = (changes: Partial<GatePlan>) =>
    gateChecks({ ...plan, ...changes }).map(({ state, found }) => [state, found])

  it('are told with the chances of luck, each by its own rule', () => {
    expect(told({ objectives: [objectives.taskSuccess(0.9)] })).toEqual([
      ['ok', '500 trials under each condition can decide every level'],
      [
        'ok',
        'task success of at least 90 %: an agent that fails half as often as is allowed passes with 98.76 % and fails with 0.00 %, one that fails just as often passes with 1.86 % and fails with 0.88 %, one that fails twice as often passes with 0.00 % and fails with 99.99 %',
      ],
    ])
  })

  it('are warned of where an agent that is good enough fails by luck', () => {
    const [, [state, found] = []] = told({ repeatGates: [gates.eachTask({ atLeast: 0.8, of: 10 })] })
    expect(state).toBe('warning')
    expect(found).toContain('passes with 69.50 % and fails with 30.50 %')
    // 0.99 to the tenth, and that to the fifth.
    const [, [all, words] = []] = told({ repeatGates: [gates.eachTask({ atLeast: 1, of: 10 })] })
    expect(all).toBe('warning')
    expect(words).toContain('an agent that is right 99 times of 100 passes with 60.50 % and fails with 39.50 %')
  })

  it('are told to be out of reach of so many trials', () => {
    const [first] = gateChecks({ ...plan, objectives: [objectives.taskSuccess(0.999)] })
    expect(first).toMatchObject({
      state: 'warning',
      found: 'task success of at least 99.9 %: 500 trials cannot show it, even if nothing goes wrong',
      remedy: 'it takes at least 3,688 trials',
    })
  })

  it('have no chances where these depend on more than a rate', () => {
    const sequential = { ...plain(), reading: { population: 'these tasks', isSequential: true } } as const
    expect(told(sequential).at(-1)?.[1]).toContain('ends as soon as everything is decided')
    const alike = {
      ...plain(),
      reading: { population: 'tasks like these', isSequential: false },
      tasks: { a: 300 },
    } as const
    expect(told(alike).at(-1)?.[1]).toContain('they depend on how repeats of a task agree')
    expect(told({})).toEqual([['ok', 'no share gates the measure']])
  })

  const plain = () => ({ objectives: [objectives.taskSuccess(0.9)] })
})

describe('a sentence with its remedy', () => {
  it('is taken apart at its last semicolon', () => {
    expect(foundAndRemedy('a; b; do c.\n')).toEqual(['a; b', 'do c'])
    expect(foundAndRemedy('nothing to do')).toEqual(['nothing to do', 'mend it'])
  })
})

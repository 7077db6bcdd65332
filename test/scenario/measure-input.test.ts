import { describe, expect, it } from 'vitest'
import { faults } from '../../src/faults/faults.ts'
import { objectives } from '../../src/objectives/objectives.ts'
import { type MeasureInput, readMeasure } from '../../src/scenario/measure-input.ts'
import { declarationOf } from '../objectives/_counts.ts'
import { orderScenario, orderUpstreams } from './_scenario.ts'

const failing = faults.tool('*').error({ rate: 0.5 })
const tasks = [{ id: 'status', input: 'Where is order A-1?' }]
const orders = { secrets: [], upstreams: orderUpstreams(), tasks, isInTurns: true }
const slow = faults.provider.latency({ p50Ms: 800, p99Ms: 6_000 })

describe('the measure of a scenario', () => {
  it('begins with the condition without faults and names the rest by their faults', () => {
    const { conditions } = readMeasure(
      { trials: 500, faults: { flaky: [failing], both: [failing, slow] } },
      'x',
      orders,
    )
    expect(conditions.map(({ name, family }) => [name, family])).toEqual([
      ['without faults', null],
      ['flaky', 'tool failures'],
      ['both', null],
    ])
  })

  it('takes one list of faults as one condition', () => {
    const names = ({ faults: given }: Pick<MeasureInput, 'faults'>) =>
      readMeasure({ trials: 10, faults: given }, 'x', orders).conditions.map(({ name }) => name)
    expect(names({ faults: [failing, slow] })).toEqual(['without faults', 'with faults'])
    expect(names({ faults: [] })).toEqual(['without faults'])
  })

  it.each([
    [5_000, 500],
    [500, 100],
    [20, 20],
  ])('of %i trials makes %i of them in a quick run', (trials, quickTrials) => {
    expect(readMeasure({ trials, faults: [] }, 'x', orders).quickTrials).toBe(quickTrials)
  })

  it('is part of a scenario, and null where there is none', () => {
    const measure = {
      trials: 100,
      faults: [failing],
      objectives: [objectives.taskSuccess(0.9)],
      declaration: declarationOf(),
    }
    expect(orderScenario({ measure }).measure).toMatchObject({ trials: 100, declaration: { version: '1.2.0' } })
    expect(orderScenario().measure).toBeNull()
  })

  it.each<[string, Partial<MeasureInput> & Record<string, unknown>, RegExp]>([
    ['no trials', { trials: 0 }, /^scenario "orders": .* at "measure\.trials", found 0; compare/],
    ['a fault that is none', { faults: [{ id: 'x' }] as never }, /at "measure\.faults/],
    [
      'an unknown fault',
      { faults: [{ ...failing, id: 'tool.eror' }] },
      /^scenario "orders": condition "with faults": there is no fault "tool\.eror"/,
    ],
    [
      'parameters that are not the fault’s',
      { faults: { flaky: [{ ...failing, parameters: { status: 200 } }] } },
      /^scenario "orders": condition "flaky": fault 1 of the plan, "tool\.error", cannot take the parameters/,
    ],
    [
      'a condition with the name of the one without faults',
      { faults: { 'without faults': [failing] } },
      /give yours another name/,
    ],
    [
      'an objective under a condition that is not there',
      { objectives: [objectives.taskSuccess(0.9, { under: 'storm' })] },
      /an objective is under "storm", which is no condition of the measure; name one of "without faults", "with faults"\.$/,
    ],
    ['an objective that is none', { objectives: [{ measure: 'charm' }] as never }, /at "measure\.objectives\.0/],
    ['a declaration that is none', { declaration: {} }, /accuracy declaration: .* at "format", found nothing/],
    ['an unknown field', { rates: [] }, /"rates"/],
    ['a population that is none', { population: 'all tasks' as never }, /"these tasks"\|"tasks like these"/],
    [
      'nothing to decide',
      { until: 'decided' },
      /"measure\.until" is "decided", and there is nothing to decide; add an objective or a declaration/,
    ],
    [
      'a mean to be looked at again and again',
      { until: 'decided', objectives: [objectives.toolCallsPerTask({ atMost: 3 })] },
      /the objective "tool calls per task" has no interval that holds at every look; leave one of the two out/,
    ],
    [
      'tasks like these to be looked at again and again',
      { until: 'decided', population: 'tasks like these', objectives: [objectives.taskSuccess(0.9)] },
      /leave one of "until" and "population" out/,
    ],
  ])('refuses %s', (_what, change, sentence) => {
    const measure = { trials: 100, faults: [failing], ...change }
    expect(() => orderScenario({ measure })).toThrow(sentence)
  })
})

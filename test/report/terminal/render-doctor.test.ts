import { describe, expect, it } from 'vitest'
import { gates } from '../../../src/objectives/gates.ts'
import { objectives } from '../../../src/objectives/objectives.ts'
import { plainReading } from '../../../src/objectives/population.ts'
import { renderDoctor } from '../../../src/report/terminal/render-doctor.ts'
import { gateChecks } from '../../../src/results/doctor/gate-checks.ts'

const checks = gateChecks({
  scenario: 'desk',
  trials: 500,
  tasks: { status: 5 },
  isInTurns: true,
  reading: plainReading,
  conditions: ['without faults', 'tool failures'],
  objectives: [objectives.taskSuccess(0.9)],
  repeatGates: [gates.eachTask({ atLeast: 0.8, of: 10 }), gates.eachTask({ atLeast: 1, of: 10 })],
  familywise: 'holm',
  declarations: [],
})

function told(columns: number): string[] {
  const report = { format: 'shakedown-doctor', version: 1, seed: 1, checks, burnIn: null } as const
  return renderDoctor(report, { colour: false, columns }).split('\n')
}

describe('the gates of a measure', () => {
  it('are a table, with what to do about each', () => {
    expect(told(Infinity)).toMatchInlineSnapshot(`
      [
        "ok       gates of "desk": 500 trials under each condition can decide every level.",
        "         Gates of "desk", by how often an agent fails, compared with what is allowed:",
        "                                                        half as often        just as often        twice as often",
        "                                                          passes     fails     passes     fails     passes     fails",
        "ok       task success of at least 90 %                   98.76 %    0.00 %     1.86 %    0.07 %     0.00 %   99.93 %",
        "warning  each task solved in at least 8 of 10 repeats    69.50 %   30.50 %    14.31 %   85.69 %     0.01 %   99.99 %",
        "         Remedy: ask for less of so few, or judge by an interval.",
        "         Gates of "desk", by how often an agent fails, compared with what is allowed:",
        "                                                         once in 100 trials",
        "                                                           passes     fails",
        "warning  each task solved in at least 10 of 10 repeats    60.50 %   39.50 %",
        "         Remedy: ask for less of so few, or judge by an interval.",
        "",
        "0 problems, 2 warnings, 2 ok.",
        "",
      ]
    `)
  })

  it('have the line above their figures to themselves on a narrow terminal', () => {
    const lines = told(80)
    expect(lines.filter((line) => line.length > 80)).toEqual([])
    expect(lines).toMatchInlineSnapshot(`
      [
        "ok       gates of "desk": 500 trials under each condition can decide every",
        "         level.",
        "         Gates of "desk", by how often an agent fails, compared with what is",
        "         allowed:",
        "         half as often        just as often        twice as often",
        "           passes     fails     passes     fails     passes     fails",
        "ok       task success of at least 90 %",
        "          98.76 %    0.00 %     1.86 %    0.07 %     0.00 %   99.93 %",
        "warning  each task solved in at least 8 of 10 repeats",
        "          69.50 %   30.50 %    14.31 %   85.69 %     0.01 %   99.99 %",
        "         Remedy: ask for less of so few, or judge by an interval.",
        "         Gates of "desk", by how often an agent fails, compared with what is",
        "         allowed:",
        "                                                         once in 100 trials",
        "                                                           passes     fails",
        "warning  each task solved in at least 10 of 10 repeats    60.50 %   39.50 %",
        "         Remedy: ask for less of so few, or judge by an interval.",
        "",
        "0 problems, 2 warnings, 2 ok.",
        "",
      ]
    `)
  })
})

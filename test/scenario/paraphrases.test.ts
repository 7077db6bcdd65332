import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { drawWorkload } from '../../src/scenario/draw-workload.ts'
import { type SurfaceInput, readSurface } from '../../src/scenario/surface-input.ts'
import { runTrial } from '../../src/scenario/trial.ts'
import { faults } from '../../src/faults/faults.ts'
import { orderScenario } from './_scenario.ts'

const paraphrases = ['Has A-1 been sent?', 'Any news of A-1?']
const tasks = [
  { id: 'status', input: 'Where is order A-1?', paraphrases },
  { id: 'again', input: 'And now?', paraphrases: ['And today?'] },
]
const scenario = orderScenario({ tasks })
const inputsOf = (trial: number, paraphrased?: number): string[] =>
  drawWorkload(scenario, 7, trial, paraphrased).tasks.map(({ input }) => input)

describe('paraphrases of a task', () => {
  it('are drawn for that share of the tasks, each wording as often as any other', () => {
    const trials = Array.from({ length: 4_000 }, (_, index) => 2 * index)
    const worded = trials.flatMap((trial) => inputsOf(trial, 0.3))
    const shareOf = (wording: string): number => worded.filter((one) => one === wording).length / trials.length
    expect(shareOf('Where is order A-1?')).toBeCloseTo(0.7, 1)
    for (const wording of paraphrases) expect(shareOf(wording)).toBeCloseTo(0.15, 1)
  })

  it('stay in the same words at any larger share, and are never drawn at none', () => {
    const share = fc.double({ min: 0, max: 1, noNaN: true })
    fc.assert(
      fc.property(fc.nat(10_000), share, share, (trial, one, other) => {
        const [less, more] = one < other ? [one, other] : [other, one]
        const [atLess] = inputsOf(trial, less)
        const plain = tasks[trial % 2]?.input
        expect(inputsOf(trial)).toEqual([plain])
        if (atLess !== plain) expect(inputsOf(trial, more)).toEqual([atLess])
        expect(tasks[trial % 2]?.paraphrases).toContain(inputsOf(trial, 1)[0])
      }),
    )
  })

  it('are in the trace and reach the agent, and change nothing else of the trial', async () => {
    const run = { scenario, seed: 7, trial: 0, plan: { faults: [] }, keep: true }
    const [plain, reworded] = [await runTrial(run), await runTrial({ ...run, paraphrased: 1 })]
    const started = ({ events }: typeof plain) =>
      events.flatMap((event) => (event.type === 'task.started' ? [event] : []))
    const [wording] = inputsOf(0, 1)
    expect(started(plain)).toMatchObject([{ id: 'status', input: 'Where is order A-1?' }])
    expect(started(reworded)).toMatchObject([{ id: 'status', input: wording }])
    const bodies = JSON.stringify(reworded.events.filter(({ type }) => type === 'request.sent'))
    expect(bodies).toContain(wording)
    expect(reworded.hash).not.toBe(plain.hash)
    expect(reworded.calls).toBe(plain.calls)
  })
})

describe('the surface of a measure', () => {
  const surface: SurfaceInput = {
    repeats: 2,
    paraphrased: [0.5, 0],
    intensities: [0.2, 0],
    faults: (rate) => [faults.tool('*').error({ rate })],
    trials: 400,
  }
  const read = (change: Record<string, unknown> = {}, given = tasks as Parameters<typeof readSurface>[2]['tasks']) =>
    readSurface({ ...surface, ...change }, 'scenario "x"', { tasks: given, isInTurns: true, requireFaults: () => {} })

  it('has a set of trials for each share at each intensity, both ascending, without faults at none', () => {
    const { cells, quickTrials } = read()
    expect(cells.map(({ name, faults: list }) => [name, list.length])).toEqual([
      ['0 % paraphrased, faults at 0 %', 0],
      ['0 % paraphrased, faults at 20 %', 1],
      ['50 % paraphrased, faults at 0 %', 0],
      ['50 % paraphrased, faults at 20 %', 1],
    ])
    expect(quickTrials).toBe(100)
  })

  it.each<[string, Record<string, unknown>, RegExp]>([
    ['no repeats', { repeats: 0 }, /^scenario "x": .* at "measure\.surface\.repeats", found 0/],
    ['a share above one', { paraphrased: [0, 1.5] }, /at "measure\.surface\.paraphrased\.1", found 1\.5/],
    [
      'the same intensity twice',
      { intensities: [0.1, 0.1] },
      /expected each share once at "measure\.surface\.intensities"/,
    ],
    ['a list of faults', { faults: [] }, /expected a function from an intensity to a list of faults/],
    ['no fault at an intensity', { faults: () => [] }, /"measure\.surface\.faults" at 0\.2: .* at "faults"/],
    [
      'too few trials',
      { repeats: 8, trials: 15 },
      /asks for 8 repeats of 2 tasks in 15 trials; make at least 16 trials, or ask for fewer repeats/,
    ],
  ])('refuses %s', (_what, change, sentence) => {
    expect(() => read(change)).toThrow(sentence)
  })

  it('refuses a task without paraphrases, unless none are asked for', () => {
    const plain = [{ id: 'status', input: 'Where is order A-1?' }]
    expect(() => read({}, plain)).toThrow(/task "status" has no `paraphrases`; give it other wordings of its input\./)
    expect(read({ paraphrased: [0] }, plain).cells).toHaveLength(2)
  })
})

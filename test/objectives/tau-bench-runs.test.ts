import { type AccuracyDeclaration, judgeRecordedRuns, readTauBenchRuns } from 'shakedown'
import { describe, expect, it } from 'vitest'
import { declarationOf } from './_counts.ts'

/** A record as tau-bench writes it, of tasks made up here: a library that lends and takes back books. */
function record(task: number, trial: number, reward: number, info: Record<string, unknown> = {}): unknown {
  return {
    task_id: task,
    reward,
    info: {
      task: {
        user_id: `reader_${task}`,
        instruction: 'You want to renew the loan of one book.',
        actions: [],
        outputs: [],
      },
      source: 'user',
      user_cost: 0.0035,
      reward_info: { reward, info: { r_actions: reward, gt_data_hash: '00' }, actions: [] },
      ...info,
    },
    traj: [
      { role: 'system', content: '# Library Agent Policy' },
      { role: 'user', content: 'Can I keep my book for two more weeks?' },
    ],
    trial,
  }
}

/** Four trials of a task, so many of them solved. */
const trialsOf = (task: number, solved: number): unknown[] =>
  [0, 1, 2, 3].map((trial) => record(task, trial, trial < solved ? 1 : 0))

const read = (records: readonly unknown[]) => readTauBenchRuns(records, 'library.json')
const declares = (value: number): AccuracyDeclaration => declarationOf({ values: [{ metric: 'task_success', value }] })

describe('runs that tau-bench recorded', () => {
  it('are counted by task', () => {
    expect(read([...trialsOf(7, 3), ...trialsOf(8, 0)])).toEqual({
      records: 8,
      byTask: {
        7: { solved: 3, failed: 1, timedOut: 0, excluded: {} },
        8: { solved: 0, failed: 4, timedOut: 0, excluded: {} },
      },
      leftOut: [],
    })
  })

  it('count as solved at a full reward alone, up to an error of floating point', () => {
    const rewards = [1, 1 - 1e-9, 0.999, 0.5, 0]
    const { byTask } = read(rewards.map((reward, trial) => record(1, trial, reward)))
    expect(byTask['1']).toMatchObject({ solved: 2, failed: 3 })
  })

  it('are excluded, by reason, where the recording harness broke off', () => {
    const { byTask, leftOut } = read([record(1, 0, 1), record(1, 1, 0, { error: 'rate limit', traceback: '' })])
    const reason = 'broken off by an error of the harness that recorded it'
    expect(byTask['1']).toEqual({ solved: 1, failed: 0, timedOut: 0, excluded: { [reason]: 1 } })
    expect(leftOut).toEqual([])
  })

  it('are named where they cannot be counted, each with its place', () => {
    const broken = [{ task_id: 1, trial: 0 }, record(1, 0, 1), record(1, 0, 0), 'nothing', record(1, 1, 7)]
    const { byTask, leftOut, records } = read(broken)
    expect(byTask['1']).toMatchObject({ solved: 1, failed: 0 })
    expect(leftOut.map(({ record: place }) => place)).toEqual([0, 2, 3, 4])
    expect(leftOut[0]?.problem).toContain('"reward"')
    expect(leftOut[1]?.problem).toBe('trial 0 of task 1 is already record 1')
    expect(records).toBe(leftOut.length + 1)
  })

  it.each([
    ['no list', { runs: [] }, /library\.json: expected a list of records, found object; give a results file/],
    ['nothing', [], /library\.json: none of its 0 records is a run of tau-bench; give/],
    ['other records', [{ id: 1 }], /none of its 1 records is a run of tau-bench, the first because "task_id"/],
  ])('are refused where there is %s', (_what, value, sentence) => {
    expect(() => readTauBenchRuns(value, 'library.json')).toThrow(sentence)
  })
})

describe('the judgement on recorded runs', () => {
  /** 24 tasks: a third always solved, a third never, a third half the time. */
  const runs = read(Array.from({ length: 24 }, (_, task) => trialsOf(task, [4, 0, 2][task % 3] ?? 0)).flat())

  it('tells pass^k and pass@k, with intervals over tasks', () => {
    const { consistency } = judgeRecordedRuns(runs)
    expect(consistency).toMatchObject({ tasks: 24, fewestRepeats: 4, mostRepeats: 4 })
    const values = consistency?.repeats.map(({ k, every, any }) => [k, every.value, any.value])
    expect(values).toEqual([
      [1, 0.5, 0.5],
      [2, 0.388889, 0.611111],
      [4, 0.333333, 0.666667],
    ])
    for (const { every } of consistency?.repeats ?? []) {
      expect(every.interval[0]).toBeLessThan(every.value)
      expect(every.interval[1]).toBeGreaterThan(every.value)
    }
  })

  it('speaks of tasks like these, unless it is told to speak of these alone', () => {
    const declaration = declares(0.36)
    const [alike, these] = [{}, { population: 'these tasks' } as const].map((terms) =>
      judgeRecordedRuns(runs, { declaration, ...terms }),
    )
    expect(alike?.declaration?.checks).toMatchObject([{ verdict: 'inconclusive', observed: { basis: 'tasks' } }])
    expect(alike?.declaration?.checks[0]?.sentence).toMatch(
      /48 of 96 tasks .* for tasks like these\), so it is inconclusive/,
    )
    expect(these?.declaration?.checks).toMatchObject([{ verdict: 'upheld', observed: { basis: 'trials' } }])
  })

  it('claims nothing where every run was excluded', () => {
    const excluded = read([record(1, 0, 0, { error: 'crashed' })])
    const judged = judgeRecordedRuns(excluded, { declaration: declares(0.5) })
    expect(judged).toMatchObject({ consistency: null, declaration: { checks: [{ verdict: 'unmeasured' }] } })
  })
})

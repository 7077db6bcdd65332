// First: what is imported before the simulation is in place escapes it.
import '../../simulation/_install.ts'
import { existsSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { describe, expect, it } from 'vitest'
import type { TraceEvent } from '../../../src/contract/event.ts'
import type { Fault } from '../../../src/contract/fault.ts'
import type { Agent, AgentFactory } from '../../../src/contract/task.ts'
import type { JsonObject } from '../../../src/contract/json.ts'
import { every } from '../../../src/faults/sources/every.ts'
import { callPoints } from '../../../src/wire/happening.ts'
import { stepsPath, stepsStore, told } from '../../wire/stores/_steps.ts'
import { post, refundScenario, refundTool, refundUpstreams, refundUrl, runUnder } from './_refunds.ts'

const steps = { kind: 'store', name: 'steps' } as const
const insert = 'INSERT INTO steps (what) VALUES (?)'
const whats = ['one', 'two', 'three']

const killAt = (target: Fault['target'], nth: number, parameters: JsonObject) =>
  every('process.kill', target, { downMs: 500, ...parameters }, { on: 'nth', n: nth })

/** What an agent of one task does before it is killed, and what its next life finds in the store. */
async function livesOf(firstLife: (database: DatabaseSync) => void | Promise<void>, ...planned: Fault[]) {
  let found: unknown[] | undefined
  const agent: AgentFactory = (): Agent => {
    const database = new DatabaseSync(stepsPath)
    return async (_task, { resumed }) => {
      if (resumed === true) {
        // Nobody holds a lock on it any more.
        database.prepare(insert).run('resumed')
        found = database
          .prepare('SELECT what FROM steps')
          .all()
          .map(({ what }) => what)
      } else await firstLife(database)
      return { answer: 'Done.', stop: 'end_turn' }
    }
  }
  const ran = await runUnder(scenarioOf(agent), ...planned)
  return { ...ran, found, calls: callsOf(ran.events) }
}

const scenarioOf = (agent: AgentFactory) =>
  refundScenario(agent, {
    tasks: [{ id: 'A-1', input: 'Refund A-1.' }],
    upstreams: () => [...refundUpstreams(), stepsStore()],
  })

const callsOf = (events: readonly TraceEvent[]) =>
  told(events.filter((event) => 'upstream' in event && event.upstream === 'steps'))

describe('a store of a process that is killed', () => {
  // The first call of each life opens the file.
  const cases = whats.flatMap((what, index) => callPoints.map((at) => ({ what, at, nth: index + 2 })))

  it.each(cases)('at the statement that writes $what, $at, holds what was acknowledged', async ({ at, nth }) => {
    const acknowledged: string[] = []
    const writeAll = (database: DatabaseSync): void => {
      for (const what of whats) {
        database.prepare(insert).run(what)
        acknowledged.push(what)
      }
    }
    const { found, deliveries, violated } = await livesOf(writeAll, killAt(steps, nth, { at }))
    const before = whats.slice(0, nth - 2)
    // The agent that is killed while it is answered has not read the answer.
    expect(acknowledged).toEqual(before)
    const inFlight = at === 'sent' ? [] : whats.slice(nth - 2, nth - 1)
    expect(found).toEqual([...before, ...inFlight, 'resumed'])
    expect(deliveries).toEqual([1])
    expect(violated).toEqual([])
  })

  it.each(callPoints)('while it is opened, %s, is opened by the next life', async (at) => {
    const { found, deliveries } = await livesOf(
      (database) => {
        database.prepare(insert).run('one')
      },
      killAt(steps, 1, { at }),
    )
    // The agent that was killed while it was made had no task yet, and so the next has none to resume.
    expect({ found, deliveries }).toEqual({ found: undefined, deliveries: [1] })
  })

  it('holds nothing of a transaction that was open, and no lock', async () => {
    const half = async (database: DatabaseSync): Promise<void> => {
      database.exec(`BEGIN EXCLUSIVE; INSERT INTO steps (what) VALUES ('half')`)
      await post(refundUrl, { orderId: 'A-1' })
      database.exec('COMMIT')
    }
    const { found } = await livesOf(half, killAt(refundTool, 1, { at: 'acted' }))
    expect(found).toEqual(['resumed'])
  })

  it.each([0, 1, 5, 20])('takes nothing of code that runs on, %i steps after the kill is due', async (steps) => {
    const runOn = async (database: DatabaseSync): Promise<void> => {
      const statement = database.prepare(insert)
      const ghost = async (): Promise<void> => {
        for (let step = 0; step < 50; step++) {
          await Promise.resolve()
          statement.run(`ghost ${step}`)
        }
      }
      // Nobody looks at what becomes of the second: that it is stopped is no crash of the agent's.
      await post(refundUrl, { orderId: 'A-1' })
      void ghost()
      await ghost().catch(() => database.exec("INSERT INTO steps (what) VALUES ('caught')"))
    }
    const kill = killAt(refundTool, 1, { at: 'answered', afterMicrotasks: steps })
    const { found, events, how } = await livesOf(runOn, kill)
    const killedAt = events.findIndex(({ type }) => type === 'process.killed')
    const written = told(events.slice(0, killedAt)).filter((line) => line.startsWith('= {"changes":1'))
    expect(found).toHaveLength(written.length + 1)
    const afterwards = callsOf(events.slice(killedAt))
    expect(afterwards.filter((line) => /ghost|caught/.test(line)).filter((line) => line.startsWith('run'))).toEqual([])
    expect(how).toBe('finished')
  })

  it('is not opened by a dead agent, least of all where production keeps it', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'sqlite-'))
    const path = join(folder, 'steps.sqlite')
    let thrown: unknown
    const agent: AgentFactory =
      (): Agent =>
      async (_task, { resumed }) => {
        if (resumed !== true) {
          void post(refundUrl, { orderId: 'A-1' })
          await openLater()
        }
        return { answer: 'Done.', stop: 'end_turn' }
      }
    const openLater = async (): Promise<void> => {
      for (let step = 0; step < 100; step++) await Promise.resolve()
      try {
        new DatabaseSync(path).exec('CREATE TABLE t (x)')
      } catch (error) {
        thrown = error
      }
    }
    try {
      const scenario = refundScenario(agent, {
        tasks: [{ id: 'A-1', input: 'Refund A-1.' }],
        upstreams: () => [...refundUpstreams(), { ...stepsStore(), path }],
      })
      const { deliveries } = await runUnder(scenario, killAt(refundTool, 1, { at: 'sent' }))
      expect(deliveries).toEqual([1])
      expect(existsSync(path)).toBe(false)
      expect(thrown).toMatchObject({ name: 'ProcessIsGone' })
    } finally {
      rmSync(folder, { recursive: true })
    }
  })
})

describe('a store of a process that ends itself', () => {
  it.each(['exit', 'abort'] as const)('takes nothing after process.%s', async (way) => {
    const thrown: unknown[] = []
    const { events, how } = await livesOf(async (database) => {
      database.prepare(insert).run('one')
      try {
        process[way]()
      } finally {
        void fetch(refundUrl, { method: 'POST', body: '{"orderId":"A-1"}' })
        try {
          database.exec("INSERT INTO steps (what) VALUES ('too late')")
        } catch (error) {
          thrown.push(error)
        }
      }
      await Promise.resolve()
    })
    expect(how).toBe('exited')
    expect(callsOf(events)).toEqual(['open', '= null', `run ${insert}\n["one"]`, expect.stringMatching('^= ')])
    expect(events.filter((event) => event.type === 'request.sent' && event.upstream === 'issue_refund')).toEqual([])
    expect(thrown).toMatchObject([{ name: 'ProcessIsGone' }])
  })
})

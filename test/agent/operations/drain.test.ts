import { getEventListeners } from 'node:events'
import { describe, expect, it } from 'vitest'
import { Drain, drainable } from '../../../src/agent/operations/drain.ts'
import type { Resource } from '../../../src/agent/operations/drain.ts'
import { callsOf, fault, sleep } from '../_desk.ts'
import { abortedAfter, agentOn, give, onTheFloor } from './_floor.ts'

const slowFrom = (n: number, ms: number) => fault('latency.fixed', 'primary', { on: 'nth', n }, { ms })

describe('a drain', () => {
  it('lets running tasks finish, turns new ones away, and then closes what was opened, the last first', async () => {
    const closed: string[] = []
    const resource = (name: string): Resource => ({
      name,
      close: () => void closed.push(`${name} ${performance.now()}`),
    })
    const played = await onTheFloor({}, async () => {
      const drain = new Drain({ resources: [resource('store'), resource('telemetry')] })
      const agent = drainable(agentOn('primary'), drain)
      const running = [give(agent, 'a'), give(agent, 'b')]
      await sleep(100)
      const draining = drain.drain()
      const late = await give(agent, 'late')
      const report = await draining
      return { late, report, stops: (await Promise.all(running)).map(({ stop }) => stop) }
    })
    expect(played.value).toMatchObject({
      late: { answer: null, stop: 'error' },
      report: { finished: 2, cancelled: 0, abandoned: 0, closed: ['telemetry', 'store'], notClosed: [] },
      stops: ['end_turn', 'end_turn'],
    })
    expect(callsOf(played, 'primary')).toBe(2)
    expect(closed).toEqual(['telemetry 600', 'store 600'])
    expect(played.virtualMs).toBe(600)
  })

  it('is an option of the agent too', async () => {
    const played = await onTheFloor({}, async () => {
      const drain = new Drain({ name: 'support' })
      const agent = agentOn('primary', { drain })
      const running = give(agent, 'a')
      const report = await drain.drain()
      return { report, stop: (await running).stop, late: await give(agent, 'late'), totals: agent.totals() }
    })
    expect(played.value).toMatchObject({
      report: { finished: 1, cancelled: 0, abandoned: 0 },
      stop: 'end_turn',
      late: { answer: null, stop: 'error', claims: { refusals: [{ upstream: 'support', by: 'drain' }] } },
      totals: { requests: 2, successes: 1, failures: 1 },
    })
    expect(callsOf(played, 'primary')).toBe(1)
  })

  it('cancels at its limit what has not finished, and tells how many did', async () => {
    const played = await onTheFloor({ faults: [slowFrom(2, 60_000)] }, async () => {
      const drain = new Drain({ limitMs: 5_000 })
      const agent = drainable(agentOn('primary'), drain)
      const running = [give(agent, 'a'), give(agent, 'b')]
      const report = await drain.drain()
      return { report, endedMs: performance.now(), stops: (await Promise.all(running)).map(({ stop }) => stop) }
    })
    expect(played.value).toMatchObject({
      report: { finished: 1, cancelled: 1, abandoned: 0 },
      endedMs: 5_000,
      stops: ['end_turn', 'cancelled'],
    })
    expect(played.events.find(({ type }) => type === 'request.aborted')?.at).toBe(5_000)
  })

  it('leaves a task to itself that ignores its signal, and closes all the same', async () => {
    const played = await onTheFloor({}, async () => {
      const drain = new Drain({ limitMs: 100, cancelMs: 50, resources: [{ name: 'store', close: () => {} }] })
      void give(drainable(() => new Promise(() => {}), drain))
      return { report: await drain.drain(), endedMs: performance.now() }
    })
    expect(played.value).toEqual({
      report: { finished: 0, cancelled: 0, abandoned: 1, closed: ['store'], notClosed: [] },
      endedMs: 150,
    })
  })

  it('closes each resource whatever the others do', async () => {
    const resources: Resource[] = [
      { name: 'good', close: () => {} },
      { name: 'hangs', close: () => new Promise(() => {}) },
      { name: 'throws', close: () => Promise.reject(new Error('no')) },
    ]
    const { value, virtualMs } = await onTheFloor({}, () => new Drain({ resources, closeMs: 700 }).drain())
    expect(value).toMatchObject({ closed: ['good'], notClosed: ['throws', 'hangs'] })
    expect(virtualMs).toBe(700)
  })

  it('happens once, however often it is asked for', async () => {
    let closes = 0
    const drain = new Drain({ resources: [{ name: 'store', close: () => void closes++ }] })
    expect(drain.isDraining).toBe(false)
    const reports = await Promise.all([drain.drain(), drain.drain()])
    expect(reports[0]).toBe(reports[1])
    expect(await drain.drain()).toBe(reports[0])
    expect(closes).toBe(1)
    expect(drain.isDraining).toBe(true)
  })

  it('passes on what the caller of a task wants, and what a task throws', async () => {
    const { value } = await onTheFloor({}, () =>
      give(drainable(agentOn('primary'), new Drain()), 'Never mind.', abortedAfter(100)),
    )
    expect(value.stop).toBe('cancelled')
    const drain = new Drain()
    await expect(give(drainable(() => Promise.reject(new Error('bang')), drain))).rejects.toThrow('bang')
    expect(await drain.drain()).toMatchObject({ finished: 0, cancelled: 0, abandoned: 0 })
  })

  it('does not begin what its caller has cancelled, and leaves nothing at a signal that outlives the task', async () => {
    const caller = new AbortController()
    const played = await onTheFloor({}, async () => {
      const agent = drainable(agentOn('primary'), new Drain())
      const first = await give(agent, 'a', caller.signal)
      const listeners = getEventListeners(caller.signal, 'abort').length
      caller.abort()
      return { listeners, stops: [first.stop, (await give(agent, 'b', caller.signal)).stop] }
    })
    expect(played.value).toEqual({ listeners: 0, stops: ['end_turn', 'cancelled'] })
    expect(callsOf(played, 'primary')).toBe(1)
  })

  it('refuses wrong options in one sentence', () => {
    expect(() => new Drain({ closeMs: 0 })).toThrow(/^The drain cannot start: option "closeMs" is wrong/)
  })
})

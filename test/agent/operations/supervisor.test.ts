import { describe, expect, it, onTestFinished, vi } from 'vitest'
import { DeadlineError } from '../../../src/agent/errors/stop-error.ts'
import type { TaskEvent } from '../../../src/agent/events/task-event.ts'
import type { ReferenceAgent } from '../../../src/agent/task/agent.ts'
import type { Alert } from '../../../src/agent/operations/alert.ts'
import { beatingParts, supervisedAgent } from '../../../src/agent/operations/supervised-agent.ts'
import { StuckError, supervised } from '../../../src/agent/operations/supervisor.ts'
import type { Life } from '../../../src/agent/operations/supervisor.ts'
import { asksFor, callsOf, failing, fault, sleep } from '../_desk.ts'
import { rejection } from '../../wire/_play.ts'
import { abortedAfter, agentOn, give, lookUpTool, onTheFloor, orderTool } from './_floor.ts'

const script = asksFor(orderTool, { id: 'A-1' })
const never = new AbortController().signal

describe('a supervised agent', () => {
  const options = { name: 'the agent', timeoutMs: 5_000, maxRestarts: 2 }
  const tools = [lookUpTool()]
  const retry = { maxAttempts: 3, baseMs: 4_000, capMs: 4_000, jitter: 'none' } as const
  const make = ({ heartbeat }: Life) => agentOn('primary', { tools, retry }, beatingParts(heartbeat))

  it('is left alone as long as it gets on, however long that takes', async () => {
    const alerts: Alert[] = []
    const faults = [failing(2), fault('latency.fixed', orderTool, { on: 'nth', n: 1 }, { ms: 4_000 })]
    const played = await onTheFloor({ primary: script, faults }, () =>
      give(supervisedAgent({ ...options, onAlert: (alert) => alerts.push(alert) }, make)),
    )
    expect(played.value).toMatchObject({ answer: 'It is done.', stop: 'end_turn' })
    expect(played.virtualMs).toBeGreaterThan(14_000)
    expect(alerts).toEqual([])
  })

  it('is cancelled and made anew where it is silent, with an alert', async () => {
    const alerts: Alert[] = []
    const faults = [fault('net.hang.headers', 'primary', { on: 'nth', n: 1 })]
    const played = await onTheFloor({ primary: script, faults }, () =>
      give(supervisedAgent({ ...options, onAlert: (alert) => alerts.push(alert) }, make)),
    )
    expect(played.value.stop).toBe('end_turn')
    expect(played.events.find(({ type }) => type === 'request.aborted')?.at).toBe(5_000)
    expect(alerts).toEqual([
      {
        ...{ kind: 'agent_restarted', severity: 'warning', subject: 'the agent', atMs: expect.any(Number) },
        message: 'the agent gave no sign of life for 5000 ms and was restarted (1 of 2).',
      },
    ])
  })

  it('is silent for the five minutes of the example, and not a second less, before it is made anew', async () => {
    const faults = [fault('net.hang.headers', 'primary', { on: 'nth', n: 1 })]
    const played = await onTheFloor({ primary: script, faults }, () =>
      give(
        supervisedAgent({ ...options, timeoutMs: 300_000 }, ({ heartbeat }) => {
          const timeouts = { modelMs: 900_000 }
          return agentOn('primary', { tools, retry, timeouts }, beatingParts(heartbeat))
        }),
      ),
    )
    expect(played.value.stop).toBe('end_turn')
    expect(played.events.find(({ type }) => type === 'request.aborted')?.at).toBe(300_000)
  })

  it('is given up after the last restart', async () => {
    const alerts: Alert[] = []
    const faults = [fault('net.hang.headers', 'primary')]
    const played = await onTheFloor({ faults }, () =>
      give(supervisedAgent({ ...options, onAlert: (alert) => alerts.push(alert) }, make)),
    )
    expect(played.value).toEqual({ answer: null, stop: 'error' })
    expect(callsOf(played, 'primary')).toBe(3)
    expect(alerts.map(({ kind }) => kind)).toEqual(['agent_restarted', 'agent_restarted', 'agent_given_up'])
    expect(played.virtualMs).toBe(15_000)
  })

  it('is not heard any more once its life is over', async () => {
    const heard: number[] = []
    const deaf =
      ({ number }: Life): ReferenceAgent =>
      async (_task, { onEvent }) => {
        if (number === 1) await sleep(5_500)
        onEvent?.({ type: 'step_started', step: number })
        await sleep(1_000)
        return { answer: `Life ${number}.`, stop: 'end_turn' }
      }
    const { value } = await onTheFloor({}, async () => {
      const onEvent = (event: TaskEvent): void => void (event.type === 'step_started' && heard.push(event.step))
      return supervisedAgent(options, deaf)({ id: 'task', input: 'Hi.' }, { signal: never, onEvent })
    })
    expect([value.answer, heard]).toEqual(['Life 2.', [2]])
  })

  it('is cancelled by its caller at once, and not restarted', async () => {
    const faults = [fault('net.hang.headers', 'primary')]
    const played = await onTheFloor({ faults }, async () => {
      const outcome = await give(supervisedAgent(options, make), 'Hi.', abortedAfter(1_000))
      await sleep(60_000)
      return outcome.stop
    })
    expect(played.value).toBe('cancelled')
    expect(callsOf(played, 'primary')).toBe(1)
    expect(played.events.find(({ type }) => type === 'request.aborted')?.at).toBe(1_000)
  })
})

describe('a supervised run', () => {
  const options = { name: 'the run', timeoutMs: 100, maxRestarts: 1, graceMs: 30 }

  it('that ignores its signal is not waited for longer than the grace', async () => {
    const starts: number[] = []
    const { value } = await onTheFloor({}, async () => {
      const error = await rejection(supervised(options, never, () => (starts.push(performance.now()), sleep(999_999))))
      return { error, endedMs: performance.now() }
    })
    expect(starts).toEqual([0, 130])
    expect(value.endedMs).toBe(260)
    expect(value.error).toBeInstanceOf(StuckError)
    expect(value.error.message).toBe('the run gave no sign of life for 100 ms, 2 times, and was given up.')
  })

  it('is not kept alive by the heartbeats of an earlier life, nor answered by its late result', async () => {
    const { value } = await onTheFloor({}, () =>
      supervised({ ...options, maxRestarts: 2 }, never, async ({ heartbeat, number, signal }) => {
        if (number === 3) return 'from the third'
        signal.addEventListener('abort', () => setInterval(heartbeat, 10).unref())
        await sleep(115)
        return `late, from life ${number}`
      }),
    )
    expect(value).toBe('from the third')
  })

  it('is told why it is cancelled by its caller', async () => {
    const caller = new AbortController()
    const reasons: unknown[] = []
    const { value } = await onTheFloor({}, () => {
      setTimeout(() => caller.abort(new DeadlineError(50)), 50)
      return rejection(
        supervised(options, caller.signal, ({ signal }) => {
          signal.addEventListener('abort', () => reasons.push(signal.reason))
          return sleep(999)
        }),
      )
    })
    expect(value).toBeInstanceOf(DeadlineError)
    expect(reasons).toEqual([value])
  })

  it('ends with its own error, without a restart', async () => {
    let lives = 0
    const live = async () => {
      lives += 1
      throw new Error('of its own')
    }
    expect((await rejection(supervised(options, never, live))).message).toBe('of its own')
    expect(lives).toBe(1)
  })

  it('leaves no timer behind', async () => {
    const { virtualMs } = await onTheFloor({}, () =>
      supervised({ ...options, timeoutMs: 50_000 }, never, async () => 1),
    )
    expect(virtualMs).toBe(0)
  })

  it('that is over is not supervised any longer by its late heartbeats', async () => {
    vi.useFakeTimers()
    onTestFinished(() => void vi.useRealTimers())
    const beats: (() => void)[] = []
    await supervised(options, never, async ({ heartbeat }) => void beats.push(heartbeat))
    for (const beat of beats) beat()
    expect([beats.length, vi.getTimerCount()]).toEqual([1, 0])
  })

  it('refuses wrong options in one sentence', async () => {
    const error = await rejection(supervised({ name: 'x', timeoutMs: 0 }, never, async () => 1))
    expect(error.message).toMatch(/^The supervisor cannot start: option "timeoutMs" is wrong/)
  })
})

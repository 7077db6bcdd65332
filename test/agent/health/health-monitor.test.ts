import { atTheClinic, fourChecks, remember } from './_clinic.ts'
import { describe, expect, it } from 'vitest'
import { reachableCheck, responseTimeCheck } from '../../../src/agent/health/checks.ts'
import type { HealthCheck } from '../../../src/agent/health/health-check.ts'
import { HealthMonitor } from '../../../src/agent/health/health-monitor.ts'
import { toolsCheck } from '../../../src/agent/health/tools-check.ts'
import type { Fault, Trigger } from '../../../src/contract/fault.ts'
import { sleep } from '../_desk.ts'

const always: Trigger = { on: 'every', n: 1 }

function fault(id: string, kind: Fault['target']['kind'], name: string, parameters: Fault['parameters'] = {}): Fault {
  return { id, target: { kind, name }, trigger: always, parameters }
}

/** What one round finds, by check. */
async function examine(faults: readonly Fault[], blocks: readonly string[] = ['persona', 'human']) {
  const played = await atTheClinic(faults, async () => {
    remember(...blocks)
    return new HealthMonitor({ checks: fourChecks() }).check()
  })
  const { status, checks, message, atMs } = played.value
  return {
    status,
    message,
    atMs,
    took: played.virtualMs,
    by: Object.fromEntries(checks.map((c) => [c.name, c.status])),
  }
}

const well = { reachable: 'healthy', response_time: 'healthy', memory: 'healthy', tools: 'healthy' }

describe('a round of the four checks', () => {
  it('is healthy where all are, and takes as long as the slowest', async () => {
    const found = await examine([])
    expect(found).toMatchObject({ status: 'healthy', message: 'All checks are healthy.', by: well, took: 600 })
  })

  it.each([
    [399, 'healthy'],
    [400, 'degraded'],
    [2_399, 'degraded'],
    [2_400, 'unhealthy'],
    [60_000, 'unhealthy'],
  ])('judges an answer that comes %i ms late: %s', async (ms, status) => {
    const found = await examine([fault('latency.fixed', 'model', 'primary', { ms })])
    expect(found.by['response_time']).toBe(status)
    expect(found.took).toBeLessThanOrEqual(5_000)
  })

  it.each([
    ['model', 'primary', 'response_time'],
    ['tool', 'agent', 'reachable'],
  ] as const)('finds a %s endpoint that cannot be reached', async (kind, name, check) => {
    const found = await examine([fault('net.refused', kind, name)])
    expect(found).toMatchObject({ status: 'unhealthy', by: { ...well, [check]: 'unhealthy' } })
  })

  it('is degraded by a memory with a hole, unhealthy by one that is damaged', async () => {
    expect(await examine([], ['persona'])).toMatchObject({ status: 'degraded', by: { ...well, memory: 'degraded' } })
    const damaged = await atTheClinic([fault('store.corrupt', 'store', 'steps')], () =>
      new HealthMonitor({ checks: fourChecks() }).check(),
    )
    expect(damaged.value.checks.find(({ name }) => name === 'memory')?.status).toBe('unhealthy')
  })

  it('is degraded by one tool that is gone, unhealthy by all', async () => {
    const one = await examine([fault('tool.error', 'tool', 'orders')])
    expect(one).toMatchObject({ status: 'degraded', message: 'Not healthy: tools is degraded.' })
    const all = await examine([fault('tool.error', 'tool', 'orders'), fault('net.hang.headers', 'tool', 'refunds')])
    expect(all).toMatchObject({ status: 'unhealthy', by: { ...well, tools: 'unhealthy' } })
  })

  it('never hangs on a check that does, and takes nothing but findings', async () => {
    const checks: HealthCheck[] = [
      { name: 'deaf', timeoutMs: 700, look: () => new Promise(() => {}) },
      { name: 'thrower', timeoutMs: 700, look: () => Promise.reject(new Error('no'.repeat(999))) },
      { name: 'liar', timeoutMs: 700, look: async () => ({ status: 'fine', message: '' }) as never },
      {
        name: 'bang',
        timeoutMs: 700,
        look: () => {
          throw new Error('before any promise')
        },
      },
    ]
    const { value, virtualMs } = await atTheClinic([], () => new HealthMonitor({ checks }).check())
    expect(value.checks.map(({ status }) => status)).toEqual(['unhealthy', 'unhealthy', 'unhealthy', 'unhealthy'])
    expect(value.checks[0]?.message).toBe('The check "deaf" did not answer within 700 ms.')
    expect(value.checks[1]?.message).toHaveLength(200)
    expect(virtualMs).toBe(700)
  })
})

describe('an essential tool', () => {
  it('takes the agent with it', async () => {
    const probes = { orders: () => Promise.reject(new Error('gone')), refunds: () => Promise.resolve() }
    const check = toolsCheck({ probes, essential: ['orders'] })
    const { value } = await atTheClinic([], () => new HealthMonitor({ checks: [check] }).check())
    expect(value).toMatchObject({ status: 'unhealthy', checks: [{ message: 'Not to be used: orders.' }] })
  })
})

describe('a monitor', () => {
  const slow = (log: string[]): HealthCheck => ({
    name: 'slow',
    timeoutMs: 5_000,
    async look({ signal }) {
      log.push(`asked ${performance.now()}`)
      signal.addEventListener('abort', () => log.push(`given up ${performance.now()}`))
      await sleep(300)
      return { status: 'healthy', message: '' }
    },
  })

  it('has one round at a time, which ends for nobody but the caller who leaves', async () => {
    const log: string[] = []
    const { value } = await atTheClinic([], async () => {
      const monitor = new HealthMonitor({ checks: [slow(log)] })
      const leaver = new AbortController()
      setTimeout(() => leaver.abort(), 100)
      const ends = await Promise.allSettled([monitor.check({ signal: leaver.signal }), monitor.check()])
      return { ends: ends.map(({ status }) => status), kept: monitor.history.length }
    })
    expect(value).toEqual({ ends: ['rejected', 'fulfilled'], kept: 1 })
    expect(log).toEqual(['asked 0'])
  })

  it('gives up a round that nobody waits for, keeps nothing of it, and begins another for the next', async () => {
    const log: string[] = []
    const { value, virtualMs } = await atTheClinic([], async () => {
      const monitor = new HealthMonitor({ checks: [slow(log)] })
      const leaver = new AbortController()
      setTimeout(() => leaver.abort(), 100)
      await monitor.check({ signal: leaver.signal }).catch(() => {})
      const report = await monitor.check()
      return { status: report.status, kept: monitor.history.length, age: monitor.latest?.ageMs }
    })
    expect(value).toEqual({ status: 'healthy', kept: 1, age: 0 })
    expect(log).toEqual(['asked 0', 'given up 100', 'asked 100'])
    expect(virtualMs).toBe(400)
  })

  it('asks on schedule without overlap, until it is stopped, and leaves nothing behind', async () => {
    const log: string[] = []
    const { value, virtualMs } = await atTheClinic([], async () => {
      const monitor = new HealthMonitor({ checks: [slow(log)], historySize: 2 })
      monitor.start({ everyMs: 700 })
      await sleep(3_100)
      monitor.stop()
      monitor.stop()
      await sleep(10_000)
      return monitor.history.length
    })
    expect(log).toEqual(['asked 0', 'asked 1000', 'asked 2000', 'asked 3000', 'given up 3100'])
    expect(value).toBe(2)
    expect(virtualMs).toBe(13_100)
  })

  it('goes on with a new schedule alone', async () => {
    const log: string[] = []
    await atTheClinic([], async () => {
      const monitor = new HealthMonitor({ checks: [slow(log)] })
      monitor.start({ everyMs: 100 })
      await sleep(350)
      monitor.start({ everyMs: 1_000 })
      await sleep(2_000)
      monitor.stop()
    })
    expect(log).toEqual(['asked 0', 'asked 350', 'asked 1650'])
  })

  it('tells of each report, and survives a listener that fails', async () => {
    const told: string[] = []
    await atTheClinic([], async () => {
      const monitor = new HealthMonitor({
        checks: [slow([])],
        onReport({ status }) {
          told.push(status)
          throw new Error('no room for telemetry')
        },
      })
      await monitor.check()
      await monitor.check()
    })
    expect(told).toEqual(['healthy', 'healthy'])
  })
})

describe('wrong options', () => {
  const ask = async () => {}
  it.each<[string, () => unknown, RegExp]>([
    ['no check', () => new HealthMonitor({ checks: [] }), /^The health monitor cannot start: option "checks"/],
    [
      'two checks of a name',
      () => new HealthMonitor({ checks: [1, 2].map(() => reachableCheck({ ask })) }),
      /distinct/,
    ],
    ['a timeout below the threshold', () => responseTimeCheck({ ask, timeoutMs: 2_000 }), /"timeoutMs".*would be cut/],
    ['thresholds in the wrong order', () => responseTimeCheck({ ask, degradedFromMs: 4_000 }), /"degradedFromMs"/],
    ['no probe', () => toolsCheck({ probes: {} }), /"probes"/],
    ['an essential tool without a probe', () => toolsCheck({ probes: { a: ask }, essential: ['b'] }), /"essential"/],
    [
      'a schedule of nothing',
      () => new HealthMonitor({ checks: [reachableCheck({ ask })] }).start({ everyMs: 0 }),
      /^The schedule of health checks cannot start: option "everyMs"/,
    ],
  ])('such as %s are refused in one sentence', (_case, make, words) => {
    expect(make).toThrow(words)
  })
})

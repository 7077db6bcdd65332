import '../_install.ts'
import nodeTimers, { setTimeout as importedSetTimeout } from 'node:timers'
import { scheduler, setInterval as ticks, setTimeout as sleep } from 'node:timers/promises'
import { promisify } from 'node:util'
import { describe, expect, it } from 'vitest'
import { inWorld } from '../_world.ts'

const hourMs = 3_600_000
/** Captured when the module loads, as libraries do. */
const captured = { setTimeout, setInterval, timeout: AbortSignal.timeout.bind(AbortSignal) }

/** Runs in a world something that waits an hour, and says how far the world's time came. */
async function virtualMsOf(wait: () => Promise<unknown>): Promise<number> {
  const { virtualMs, end } = await inWorld(wait)
  expect(end).toBe('finished')
  return virtualMs
}

describe('timers in a world', () => {
  it('setTimeout waits in virtual time, also where it was captured early', async () => {
    const waits = [setTimeout, captured.setTimeout, globalThis.setTimeout]
    for (const wait of waits) {
      expect(await virtualMsOf(() => new Promise((resolve) => wait(resolve, hourMs)))).toBe(hourMs)
    }
  })

  it('node:timers waits in virtual time, by its default and by its named exports', async () => {
    for (const wait of [nodeTimers.setTimeout, importedSetTimeout]) {
      expect(await virtualMsOf(() => new Promise((resolve) => wait(resolve, hourMs)))).toBe(hourMs)
    }
  })

  it('timers/promises waits in virtual time, as do scheduler.wait and a promisified setTimeout', async () => {
    const waits = [sleep, nodeTimers.promises.setTimeout, promisify(setTimeout), (ms: number) => scheduler.wait(ms)]
    for (const wait of waits) expect(await virtualMsOf(() => wait(hourMs))).toBe(hourMs)
    const value = await inWorld(() => sleep(5, 'value'))
    expect(value.value).toBe('value')
    const aborted = await inWorld(() => sleep(hourMs, undefined, { signal: AbortSignal.timeout(10) }))
    expect(aborted).toMatchObject({ virtualMs: 10, error: { name: 'AbortError', code: 'ABORT_ERR' } })
  })

  it('setInterval ticks in virtual time, as does the one of timers/promises', async () => {
    const run = await inWorld(async () => {
      const seen: number[] = []
      await new Promise<void>((resolve) => {
        const interval = captured.setInterval(() => {
          seen.push(Date.now() % hourMs)
          if (seen.length === 3) resolve(clearInterval(interval))
        }, 250)
      })
      for await (const _tick of ticks(1_000)) if (seen.push(Date.now() % hourMs) === 5) break
      return seen
    })
    expect(run.value).toEqual([250, 500, 750, 1_750, 2_750])
    expect(run.leftovers).toEqual([])
  })

  it('AbortSignal.timeout aborts in virtual time, and complains of what it always complained of', async () => {
    const run = await inWorld(async () => {
      const signal = captured.timeout(30_000)
      await new Promise((resolve) => signal.addEventListener('abort', resolve))
      return [Date.now() % hourMs, (signal.reason as DOMException).name, signal.reason instanceof DOMException]
    })
    expect(run.value).toEqual([30_000, 'TimeoutError', true])
    const wrong = await inWorld(() => AbortSignal.timeout(-1))
    expect(wrong.error).toMatchObject({ name: 'RangeError', code: 'ERR_OUT_OF_RANGE' })
  })

  it('setImmediate, nextTick and queueMicrotask stay real, and come before the next timer', async () => {
    const run = await inWorld(async () => {
      const order: string[] = []
      await new Promise<void>((resolve) => {
        setTimeout(() => order.push('timer'), 0)
        setTimeout(resolve, 1)
        setImmediate(() => setImmediate(() => order.push('immediate')))
        process.nextTick(() => order.push('tick'))
        queueMicrotask(() => order.push('microtask'))
      })
      return order
    })
    expect(run.value).toEqual(['microtask', 'tick', 'immediate', 'timer'])
  })
})

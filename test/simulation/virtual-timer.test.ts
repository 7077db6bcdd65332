import './_install.ts'
import { AsyncLocalStorage } from 'node:async_hooks'
import { setTimeout as sleep } from 'node:timers/promises'
import { describe, expect, it } from 'vitest'
import { inWorld } from './_world.ts'

const originMs = Date.UTC(2026, 0, 1)
const wait = (ms: number): Promise<void> => new Promise((resolve) => void setTimeout(resolve, ms))

describe('a timer of a world', () => {
  it('has the methods of a Timeout: ref, unref, hasRef, close, refresh', async () => {
    const run = await inWorld(async () => {
      const fired: number[] = []
      const timer = setTimeout(() => fired.push(Date.now() - originMs), 100)
      const states = [timer.hasRef(), timer.unref() === timer, timer.hasRef(), timer.ref() === timer, timer.hasRef()]
      await wait(60)
      expect(timer.refresh()).toBe(timer)
      await wait(200)
      timer.refresh()
      await wait(200)
      expect(timer.close()).toBe(timer)
      timer.refresh()
      await wait(200)
      return [states, fired]
    })
    expect(run.error).toBeUndefined()
    expect(run.value).toEqual([
      [true, true, false, true, true],
      [160, 360],
    ])
  })

  it('is cleared by itself, by its number, and by its number as a text', async () => {
    const run = await inWorld(async () => {
      let fired = 0
      const timers = [1, 2, 3].map(() => setTimeout(() => fired++, 10))
      const kept = setTimeout(() => (fired += 100), 10)
      expect(Number(timers[1])).toBe(Number(timers[1]))
      expect(Number(timers[1])).not.toBe(Number(kept))
      clearTimeout(timers[0])
      clearTimeout(Number(timers[1]))
      clearInterval(`${Number(timers[2])}`)
      clearTimeout(undefined)
      clearTimeout(Reflect.get(globalThis, 'nothing'))
      await wait(20)
      return fired
    })
    expect(run).toMatchObject({ error: undefined, value: 100 })
  })

  it('is closed at the end of a using block', async () => {
    const run = await inWorld(async () => {
      let fired = 0
      {
        using _timer = setTimeout(() => fired++, 10)
      }
      await wait(20)
      return fired
    })
    expect(run.value).toBe(0)
  })

  it('hands its arguments on, and refuses what is no function', async () => {
    const run = await inWorld(async () => new Promise((resolve) => setTimeout((...args) => resolve(args), 1, 'a', 2)))
    expect(run.value).toEqual(['a', 2])
    const wrong = await inWorld(() => (setTimeout as (callback: unknown) => unknown)('code'))
    expect(wrong.error).toMatchObject({ name: 'TypeError', code: 'ERR_INVALID_ARG_TYPE' })
  })

  it('keeps the AsyncLocalStorage of the agent', async () => {
    const tasks = new AsyncLocalStorage<string>()
    const seen = async (name: string, delayMs: number): Promise<unknown[]> =>
      tasks.run(name, async () => {
        const found: unknown[] = []
        await new Promise<void>((resolve) =>
          setTimeout(() => {
            found.push(tasks.getStore())
            resolve()
          }, delayMs),
        )
        await sleep(delayMs)
        let ticks = 0
        await new Promise<void>((resolve) => {
          const interval = setInterval(() => {
            found.push(tasks.getStore())
            if (++ticks === 2) resolve(clearInterval(interval))
          }, delayMs)
        })
        AbortSignal.timeout(delayMs).addEventListener('abort', () => found.push(tasks.getStore()))
        await sleep(delayMs * 2)
        return [...found, tasks.getStore()]
      })
    const run = await inWorld(() => Promise.all([seen('one', 10), seen('two', 10), seen('three', 7)]))
    expect(run.value).toEqual(['one', 'two', 'three'].map((name) => Array<string>(5).fill(name)))
  })
})

import './_install.ts'
import { setTimeout as sleep } from 'node:timers/promises'
import { describe, expect, it } from 'vitest'
import { clockUpstream, inWorld } from './_world.ts'

const url = 'https://clock.example/'
const upstreams = [clockUpstream(40)]
const realTurns = async (): Promise<void> => {
  for (let turn = 0; turn < 50; turn++) await new Promise((resolve) => setImmediate(resolve))
}

describe('how a world ends', () => {
  it('is stalled where nothing is in flight, no timer is set, and the work is not done', async () => {
    const run = await inWorld(() => new Promise(() => {}))
    expect(run).toMatchObject({ end: 'stalled', detail: 'nothing in flight and no timer set', virtualMs: 0 })
  })

  it('is stalled where an operation outside it never ends', async () => {
    const run = await inWorld(
      async () => {
        const { currentContext } = await import('../../src/simulation/world.ts')
        const context = currentContext()
        if (context) context.world.inFlight++
        await sleep(1)
      },
      { realWaitMs: 50 },
    )
    expect(run).toMatchObject({ end: 'stalled', detail: 'an operation outside the world never ended' })
  })

  it('expires after a day, or after too many timers', async () => {
    const late = await inWorld(() => sleep(86_400_001))
    expect(late).toMatchObject({ end: 'expired', detail: 'virtual time ran beyond 86400000 ms' })
    const busy = await inWorld(() => new Promise(() => setInterval(() => {}, 1)), { timersFired: 500 })
    expect(busy).toMatchObject({ end: 'expired', detail: 'more than 500 timers fired' })
  })

  it('is crashed by an uncaught error in a timer', async () => {
    const run = await inWorld(async () => {
      setTimeout(() => {
        throw new Error('forgotten')
      }, 10)
      await sleep(1_000)
    })
    expect(run).toMatchObject({ end: 'crashed', detail: 'uncaught Error: forgotten', virtualMs: 10 })
  })

  it('reports the timers left behind, those that would keep a process alive', async () => {
    const run = await inWorld(() => {
      setInterval(() => {}, 10)
      setTimeout(() => {}, 10)
      setTimeout(() => {}, 10)
      setTimeout(() => {}, 10).unref()
      AbortSignal.timeout(10)
    })
    expect(run.leftovers).toEqual(['interval ×1', 'timer ×2'])
  })

  it('reports the handles left behind, once', async () => {
    const { createServer } = await import('node:net')
    const server = createServer()
    const run = await inWorld(() => new Promise<void>((resolve) => server.listen(0, '127.0.0.1', () => resolve())))
    expect(run.leftovers).toEqual(['TCPServerWrap ×1'])
    expect((await inWorld(() => {})).leftovers).toEqual([])
    await new Promise((resolve) => server.close(resolve))
  })
})

describe('a world that is closed', () => {
  it('lets nothing of what outlives it reach anything', async () => {
    const reached: string[] = []
    const first = await inWorld(
      () => {
        setInterval(() => reached.push('interval'), 1)
        void (async () => {
          await realTurns()
          setTimeout(() => reached.push('timer'), 1)
          void sleep(1).then(() => reached.push('sleep'))
          void fetch(url).then(
            () => reached.push('fetch'),
            () => reached.push('fetch failed'),
          )
          await realTurns()
          reached.push(`alive at ${performance.now()}`)
        })()
      },
      { upstreams },
    )
    const events = first.events.length
    const second = await inWorld(
      async () => {
        await realTurns()
        await realTurns()
        await realTurns()
        await sleep(1_000)
      },
      { upstreams },
    )
    expect(reached).toEqual(['alive at 0'])
    expect(first.world.clock.pending).toEqual([])
    expect(first.events).toHaveLength(events)
    expect(second).toMatchObject({ end: 'finished', virtualMs: 1_000, events: [] })
  })
})

describe('worlds that overlap', () => {
  it('keep their clocks, networks and randomness apart', async () => {
    const agent = async (pauseMs: number): Promise<unknown> => {
      const drawn: unknown[] = []
      for (let step = 0; step < 20; step++) {
        await sleep(pauseMs)
        drawn.push(Date.now(), Math.random(), await (await fetch(url)).text())
      }
      return drawn
    }
    const alone = [
      await inWorld(() => agent(7), { seed: 'a', upstreams }),
      await inWorld(() => agent(11), { seed: 'b', upstreams }),
    ]
    const together = await Promise.all([
      inWorld(() => agent(7), { seed: 'a', upstreams }),
      inWorld(() => agent(11), { seed: 'b', upstreams }),
    ])
    expect(together.map(({ value }) => value)).toEqual(alone.map(({ value }) => value))
    expect(together.map(({ virtualMs }) => virtualMs)).toEqual([20 * 47, 20 * 51])
    expect(together.map(({ events }) => events.length)).toEqual([60, 60])
    expect(together.map(({ inFlight }) => inFlight)).toEqual([0, 0])
  })
})

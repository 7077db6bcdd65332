import { expect, it } from 'vitest'
import { atTheDesk, callsOf, failing, sleep } from '../_desk.ts'
import type { Ask } from '../_desk.ts'

const options = { safeMode: { failedTasks: 2, message: 'Closed for a moment.', probeAfterMs: 20_000 } }

async function twice(ask: Ask): Promise<void> {
  await ask()
  await ask()
}

it('after so many failed tasks in a row the agent answers with its message and calls nobody', async () => {
  const played = await atTheDesk({ options, faults: [failing(99)] }, async (ask) => {
    await twice(ask)
    return ask()
  })
  expect(callsOf(played, 'primary')).toBe(2)
  expect(played.value).toMatchObject({
    answer: 'Closed for a moment.',
    stop: 'error',
    claims: {
      source: 'safe_mode',
      degraded: true,
      refusals: [{ upstream: 'primary', by: 'safe mode', retryAfterMs: 20_000 }],
    },
  })
})

it('its way out is one task that is tried and succeeds', async () => {
  const played = await atTheDesk({ options, faults: [failing(2)] }, async (ask) => {
    await twice(ask)
    await sleep(20_000)
    const together = await Promise.all([ask(), ask()])
    return [...together, await ask()].map(({ claims }) => claims?.source)
  })
  expect(played.value).toEqual(['primary', 'safe_mode', 'primary'])
})

it('a tried task that fails leaves it as long again, and one that is cancelled lets the next one try', async () => {
  const played = await atTheDesk({ options, faults: [failing(4)] }, async (ask) => {
    await twice(ask)
    await sleep(20_000)
    const cancelled = await ask({ cancelAfterMs: 100 })
    const failed = await ask()
    return [cancelled.stop, failed.stop, (await ask()).claims?.refusals[0]?.retryAfterMs]
  })
  expect(played.value).toEqual(['cancelled', 'llm_api_error', 20_000])
})

it('a task that was cancelled before it came is told that, and not the message', async () => {
  const played = await atTheDesk({ options, faults: [failing(99)] }, async (ask) => {
    await twice(ask)
    return ask({ cancelAfterMs: 0 })
  })
  expect(played.value).toMatchObject({ answer: null, stop: 'cancelled' })
  expect(callsOf(played, 'primary')).toBe(2)
})

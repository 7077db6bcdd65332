import { expect, it } from 'vitest'
import { toolBackend, toolResult } from 'shakedown'
import { play } from '../_play.ts'

const url = 'https://orders.test/orders/A-1'
const orders = () => [
  toolBackend({ tool: 'orders', method: 'GET', url, handle: () => toolResult({ status: 'shipped' }) }),
]

it('a call given up before it is made rejects with the reason, and nothing crosses the wire', async () => {
  const { value, events } = await play({ upstreams: orders() }, async () => {
    const thrown: unknown = await fetch(url, { signal: AbortSignal.abort() }).catch((error: unknown) => error)
    return thrown
  })
  expect(value).toMatchObject({ name: 'AbortError' })
  expect(events).toEqual([])
})

it('a call given up on its way rejects with the reason at that moment', async () => {
  const { value, events, virtualMs } = await play({ upstreams: orders() }, async () => {
    const thrown: unknown = await fetch(url, { signal: AbortSignal.timeout(15) }).catch((error: unknown) => error)
    return thrown
  })
  expect(value).toMatchObject({ name: 'TimeoutError' })
  expect(virtualMs).toBe(15)
  expect(events.map(({ type, at }) => [type, at])).toEqual([
    ['request.sent', 0],
    ['request.aborted', 15],
  ])
})

it('a host that no upstream claims is refused with a sentence, as fetch would tell it', async () => {
  const { value, events } = await play({ upstreams: orders() }, async () => {
    const thrown: unknown = await fetch('https://api.elsewhere.test/').catch((error: unknown) => error)
    return thrown
  })
  expect(value).toBeInstanceOf(TypeError)
  expect(value).toMatchObject({
    message: 'fetch failed',
    cause: {
      code: 'SHAKEDOWN_UNKNOWN_HOST',
      message: expect.stringMatching(/elsewhere\.test.+ was refused: .+; add an upstream for it\.$/),
    },
  })
  expect(events.map(({ type }) => type)).toEqual(['request.refused'])
})

import { describe, expect, it } from 'vitest'
import { asksFor, atTheDesk, callsOf, failing, fault, orderTool, refundTool } from '../_desk.ts'

describe('the deadline of a task', () => {
  it('ends it wherever it is, and aborts what is under way at that moment', async () => {
    const options = { timeouts: { taskMs: 5_000 } }
    const played = await atTheDesk({ options, faults: [fault('net.hang.headers', 'primary')] }, (ask) => ask())
    expect(played.value).toEqual({ answer: null, stop: 'deadline' })
    expect(played.virtualMs).toBe(5_000)
    expect(played.events.at(-1)).toMatchObject({ type: 'request.aborted', at: 5_000 })
  })

  it('keeps a retry from being waited for that would come too late', async () => {
    const options = { timeouts: { taskMs: 5_000 }, retry: { maxAttempts: 3, baseMs: 8_000, jitter: 'none' as const } }
    const played = await atTheDesk({ options, faults: [failing(9)] }, (ask) => ask())
    expect(played.value.stop).toBe('llm_api_error')
    expect(played.virtualMs).toBe(600)
  })

  it('is not what ends a task that was cancelled before', async () => {
    const options = { timeouts: { taskMs: 5_000 } }
    const faults = [fault('net.hang.headers', 'primary')]
    const played = await atTheDesk({ options, faults }, (ask) => ask({ cancelAfterMs: 4_999 }))
    expect(played.value.stop).toBe('cancelled')
  })
})

describe('the limit of a step', () => {
  it('ends a model call with all its retries', async () => {
    const options = { timeouts: { stepMs: 3_000, modelMs: 2_000 }, retry: { maxAttempts: 3, baseMs: 1, capMs: 1 } }
    const played = await atTheDesk({ options, faults: [fault('net.hang.headers', 'primary')] }, (ask) => ask())
    expect(played.value.stop).toBe('llm_api_error')
    expect(played.virtualMs).toBe(3_000)
    expect(callsOf(played, 'primary')).toBe(2)
  })

  it('ends a tool, of which the model is told, and the task goes on', async () => {
    const options = { timeouts: { stepMs: 3_000 } }
    const faults = [fault('net.hang.headers', orderTool)]
    const played = await atTheDesk({ options, faults, primary: asksFor(orderTool) }, (ask) => ask())
    expect(played.value.stop).toBe('end_turn')
  })

  it('keeps an effect from being begun that its time no longer allows', async () => {
    const calls = [orderTool, refundTool].map((name) => ({ name, arguments: { id: 'A-1' } }))
    const played = await atTheDesk(
      {
        options: { timeouts: { stepMs: 3_000 } },
        faults: [fault('net.hang.headers', orderTool)],
        primary: ({ messages }) => {
          const results = messages.filter(({ role }) => role === 'tool').map(({ text }) => text)
          return results.length > 0 ? { content: results.join('\n') } : { toolCalls: calls }
        },
      },
      (ask) => ask(),
    )
    expect(played.value.answer).toContain(`Error: ${refundTool} was not executed`)
    expect(callsOf(played, refundTool)).toBe(0)
  })
})

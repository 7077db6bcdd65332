import { describe, expect, it } from 'vitest'
import { asksFor, atTheDesk, sleep } from '../_desk.ts'
import type { Desk } from '../_desk.ts'
import { z } from 'zod'
import { defineTool } from '../../../src/agent/tools/tool.ts'

const none = z.object({})

/** A tool of the desk that never answers, and notes when and why it was told to end. */
function deafTool(timeoutMs: number | undefined, effectful = false) {
  const ends: { readonly atMs: number; readonly reason: string }[] = []
  const tool = defineTool({
    ...{ name: 'wait_for_ever', description: 'Waits.', parameters: none, effectful, timeoutMs },
    execute: (_args, { signal }) => {
      const startedMs = performance.now()
      signal.addEventListener('abort', () => {
        ends.push({ atMs: performance.now() - startedMs, reason: (signal.reason as Error).name })
      })
      return new Promise(() => undefined)
    },
  })
  return { tool, ends }
}

/** Plays one task whose model asks for the tool and then repeats what it was told. */
async function waitFor(tool: ReturnType<typeof deafTool>['tool'], options: Desk['options'], cancelAfterMs?: number) {
  const primary: Desk['primary'] = (turn) =>
    turn.messages.some(({ role }) => role === 'tool')
      ? { content: turn.messages.at(-1)?.text ?? '' }
      : asksFor(tool.name, {})(turn)
  const played = await atTheDesk(
    { primary, options: { tools: [tool], retry: { maxAttempts: 1 }, ...options } },
    (ask) => ask(cancelAfterMs === undefined ? {} : { cancelAfterMs }),
  )
  return { outcome: played.value, virtualMs: played.virtualMs }
}

describe('a tool that ignores its signal', () => {
  it.each([
    ['of its own, shorter than that of the agent', 50, 10_000, 50],
    ['of its own, longer than that of the agent', 25_000, 10_000, 25_000],
    ['of the agent, where it has none', undefined, 700, 700],
  ])('does not hold the task beyond the limit %s', async (_whose, timeoutMs, toolMs, limitMs) => {
    const { tool, ends } = deafTool(timeoutMs)
    const { outcome } = await waitFor(tool, { timeouts: { toolMs } })
    expect(outcome).toEqual({
      answer: `Error: wait_for_ever failed: wait_for_ever did not answer within ${limitMs} ms.`,
      stop: 'end_turn',
    })
    expect(ends).toEqual([{ atMs: limitMs, reason: 'TimeoutError' }])
  })

  it('has its limit for each attempt', async () => {
    const { tool, ends } = deafTool(50)
    const { outcome } = await waitFor(tool, { retry: { maxAttempts: 3, jitter: 'none' } })
    expect(outcome.stop).toBe('end_turn')
    expect(ends.map(({ atMs }) => atMs)).toEqual([50, 50, 50])
  })

  it('leaves the outcome of an effect unknown', async () => {
    const { tool } = deafTool(50, true)
    const { outcome } = await waitFor(tool, {})
    expect(outcome.answer).toContain('did not answer within 50 ms. Whether it took effect is unknown')
  })

  it('is told when the task is cancelled, and does not hold it', async () => {
    const { tool, ends } = deafTool(60_000)
    const { outcome, virtualMs } = await waitFor(tool, {}, 5_000)
    expect(outcome).toEqual({ answer: null, stop: 'cancelled' })
    expect(ends).toMatchObject([{ reason: 'CancelledError' }])
    expect(virtualMs).toBe(5_000)
  })

  it.each([
    ['the step', { stepMs: 800 }, 'TimeoutError', 'did not answer within 800 ms'],
    ['the task', { taskMs: 800 }, 'DeadlineError', null],
  ])('is told when the time of %s is up, whatever its own limit is', async (_what, timeouts, reason, words) => {
    const { tool, ends } = deafTool(60_000)
    const { outcome } = await waitFor(tool, { timeouts })
    expect(outcome.stop).toBe(words === null ? 'deadline' : 'end_turn')
    if (words !== null) expect(outcome.answer).toContain(words)
    expect(ends).toMatchObject([{ reason }])
  })

  it('whose answer comes after its limit changes nothing any more', async () => {
    const late = defineTool({
      ...{ name: 'late', description: 'Is late.', parameters: none, effectful: false, timeoutMs: 50 },
      execute: async () => {
        await sleep(60)
        throw new Error('too late to be heard')
      },
    })
    const { outcome } = await waitFor(late, {})
    expect(outcome.answer).toContain('late did not answer within 50 ms')
  })
})

describe('the limit of a tool', () => {
  it.each([0, -1, 0.5, 2 ** 31, NaN])('cannot be %d', (timeoutMs) => {
    expect(() => deafTool(timeoutMs)).toThrow(
      `The tool "wait_for_ever" cannot be made: timeoutMs is ${timeoutMs}; make it a whole number from 1 to 2147483647.`,
    )
  })
})

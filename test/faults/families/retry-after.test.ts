import { describe, expect, it } from 'vitest'
import { type RetryAfterForm, retryAfterForms } from '../../../src/faults/families/retry-after.ts'
import { greeting, play, rejection, sdk } from '../../wire/_play.ts'
import { fault, model, modelTarget } from '../_strike.ts'

/** Virtual milliseconds between the answer to one attempt and the next attempt, by the client's own retries. */
async function waits(form: RetryAfterForm, maxRetries: number, seed = 'waits'): Promise<number[]> {
  const faults = [fault('retry-after', modelTarget, { form }, { on: 'until', n: maxRetries + 1 })]
  const { events } = await play({ upstreams: [model()], faults, seed }, () =>
    sdk({ maxRetries }).chat.completions.create(greeting),
  )
  const sent = events.filter((event) => event.type === 'request.sent').map(({ at }) => at)
  const answered = events.filter((event) => event.type === 'response.end').map(({ at }) => at)
  return sent.slice(1).map((at, index) => at - (answered[index] ?? 0))
}

/** What the client waits for each form that it heeds; null where it backs off by itself. */
const heeded: Record<Exclude<RetryAfterForm, 'should_not_retry'>, number | null> = {
  // Node makes one millisecond of none.
  zero: 1,
  fraction: 500,
  seconds_59: 59_000,
  seconds_60: 60_000,
  seconds_61: null,
  seconds_3600: null,
  negative: null,
  empty: null,
  word: null,
  // Twelve seconds after the answer at 600 ms, in whole seconds rounded up.
  date: 12_400,
  past_date: null,
  milliseconds: 2_750,
  milliseconds_contradict: 4_000,
}

describe("a Retry-After, waited for by the official client's own retries", () => {
  it.each(Object.entries(heeded).filter(([, waitMs]) => waitMs !== null))(
    'of the form %s is heeded to the millisecond',
    async (form, waitMs) => {
      expect(await waits(form as RetryAfterForm, 1)).toEqual([waitMs])
    },
  )

  it.each(Object.entries(heeded).filter(([, waitMs]) => waitMs === null))(
    'of the form %s makes the client back off by its own law',
    async (form) => {
      const waited = await waits(form as RetryAfterForm, 6)
      expect(waited).toHaveLength(6)
      for (const [attempt, waitMs] of waited.entries()) {
        // 0.5 s doubled each time, 8 s at most, up to a quarter less; timers cut it to whole milliseconds.
        const longestMs = Math.min(500 * 2 ** attempt, 8_000)
        expect(waitMs).toBeGreaterThanOrEqual(Math.floor(longestMs * 0.75))
        expect(waitMs).toBeLessThanOrEqual(longestMs)
      }
    },
  )

  it('is jittered by the seed of the world alone', async () => {
    expect(await waits('word', 4, 'one')).toEqual(await waits('word', 4, 'one'))
    expect(await waits('word', 4, 'one')).not.toEqual(await waits('word', 4, 'other'))
  })

  it('with x-should-retry: false is not waited for at all', async () => {
    const faults = [fault('retry-after', modelTarget, { form: 'should_not_retry' }, { on: 'every', n: 1 })]
    const { value, events } = await play({ upstreams: [model()], faults }, () =>
      rejection(sdk({ maxRetries: 5 }).chat.completions.create(greeting)),
    )
    expect(value).toHaveProperty('status', 429)
    expect(events.filter((event) => event.type === 'request.sent')).toHaveLength(1)
  })

  it('is kept in the trace, where properties read it', async () => {
    const faults = [fault('retry-after', modelTarget, { form: 'milliseconds_contradict' })]
    const { events } = await play({ upstreams: [model()], faults }, () =>
      rejection(sdk().chat.completions.create(greeting)),
    )
    expect(events.find((event) => event.type === 'response.head')?.headers).toMatchObject({
      'retry-after-ms': '4000',
      'retry-after': '1',
    })
  })

  it('takes every form that is seen in the field', () => {
    expect([...Object.keys(heeded), 'should_not_retry'].toSorted()).toEqual(retryAfterForms.toSorted())
  })
})

import { describe, expect, it } from 'vitest'
import type { Alert } from '../../../src/agent/operations/alert.ts'
import { HarmGuard } from '../../../src/agent/operations/harm-guard.ts'
import { callsOf } from '../_desk.ts'
import { abortedAfter, agentOn, give, giveAll, onTheFloor } from './_floor.ts'

type Options = Partial<ConstructorParameters<typeof HarmGuard>[0]>

const harm = 'Mix the two and breathe in.'

/** Plays a scene with a guarded agent; `says` are the answers of its model, the last for ever. */
async function guarded(
  says: readonly string[],
  options: Options,
  scene: (agent: ReturnType<HarmGuard['guard']>, guard: HarmGuard) => Promise<unknown>,
) {
  const alerts: Alert[] = []
  const queued: string[] = []
  const played = await onTheFloor(
    {
      primary: ({ replies }) => ({ content: says[Math.min(replies, says.length - 1)] ?? '' }),
      others: { other: () => ({ content: 'From the other.' }), bad: () => ({ content: harm }) },
    },
    async () => {
      const guard = new HarmGuard({
        name: 'support',
        judge: async ({ answer }) => answer === harm,
        queue: async ({ input }) => void queued.push(input),
        onAlert: (alert) => alerts.push(alert),
        ...options,
      })
      return scene(guard.guard(agentOn('primary')), guard)
    },
  )
  return { ...played, alerts, kinds: alerts.map(({ kind }) => kind), queued }
}

const toHuman = { answer: 'Somebody will get back to you.', stop: 'error' }

describe('an agent that is guarded against harm', () => {
  it('answers as it would as long as it does none', async () => {
    const { value, kinds } = await guarded(['Fine.'], {}, (agent) => giveAll(agent, 2))
    expect(value).toMatchObject([{ answer: 'Fine.' }, { answer: 'Fine.' }])
    expect(kinds).toEqual([])
  })

  it('is disabled by its first harmful answer, which nobody is told, and a human gets its tasks', async () => {
    const played = await guarded(['Fine.', harm, 'Fine.'], {}, (agent) => giveAll(agent, 4))
    expect(played.value).toMatchObject([{ answer: 'Fine.', stop: 'end_turn' }, toHuman, toHuman, toHuman])
    expect(callsOf(played, 'primary')).toBe(2)
    expect(played.queued).toEqual(['Question 1?', 'Question 2?', 'Question 3?'])
    expect(played.alerts).toMatchObject([{ kind: 'output_harmful', severity: 'critical', subject: 'support' }])
    expect(JSON.stringify([played.value, played.alerts, played.queued])).not.toContain(harm)
  })

  it('has a fallback agent answer, which is judged too', async () => {
    const good = await guarded([harm], { fallback: agentOn('other') }, (agent) => giveAll(agent, 2))
    expect(good.value).toMatchObject([{ answer: 'From the other.' }, { answer: 'From the other.' }])
    expect(good.queued).toEqual([])
    const bad = await guarded([harm], { fallback: agentOn('bad') }, (agent) => give(agent))
    expect(bad.value).toEqual(toHuman)
  })

  it('takes tasks again when somebody says so', async () => {
    const { value, kinds } = await guarded([harm, 'Fine.'], {}, async (agent, guard) => {
      await give(agent)
      const before = guard.isEnabled
      guard.enable()
      guard.enable()
      return [before, guard.isEnabled, (await give(agent)).answer]
    })
    expect(value).toEqual([false, true, 'Fine.'])
    expect(kinds).toEqual(['output_harmful', 'agent_enabled'])
  })

  it('gives no answer either that was under way when it was disabled', async () => {
    const { value, kinds } = await guarded([harm, 'Fine.'], {}, (agent) => Promise.all([give(agent), give(agent)]))
    expect(value).toEqual([toHuman, toHuman])
    expect(kinds).toEqual(['output_harmful'])
  })

  it.each<[string, NonNullable<Options['judge']>]>([
    ['fails', () => Promise.reject(new Error('down'))],
    ['hangs', () => new Promise(() => {})],
    ['mumbles', async () => 'maybe' as never],
  ])('withholds an answer where the judge %s, and is not disabled by that', async (_how, judge) => {
    const { value, kinds } = await guarded(['Fine.'], { judge }, async (agent, guard) => [
      await give(agent),
      guard.isEnabled,
    ])
    expect(value).toEqual([toHuman, true])
    expect(kinds).toEqual(['output_unjudged'])
  })

  it('says nothing where no human can be reached either', async () => {
    const queue = () => Promise.reject(new Error('nobody there'))
    const { value, kinds } = await guarded([harm], { queue }, (agent) => give(agent))
    expect(value).toEqual({ answer: null, stop: 'error' })
    expect(kinds).toEqual(['output_harmful', 'handover_failed'])
    const without = await guarded([harm], { queue: undefined }, (agent) => give(agent))
    expect(without.value).toEqual({ answer: null, stop: 'error' })
  })

  it('tells a caller who has cancelled that, and troubles no human with it', async () => {
    const judge = () => new Promise<never>(() => {})
    const { value, queued, kinds } = await guarded(['Fine.'], { judge }, (agent) =>
      give(agent, 'Never mind.', abortedAfter(1_000)),
    )
    expect(value).toEqual({ answer: null, stop: 'cancelled' })
    expect([...queued, ...kinds]).toEqual([])
  })
})

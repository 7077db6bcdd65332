import { faults, openAiChat, scenario, defineProperty } from 'shakedown'
import { describe, expect, it } from 'vitest'
import { installSimulation } from '../../src/simulation/install.ts'
import { judgeFor } from '../../src/scenario/finding.ts'
import { runFaultFree } from '../../src/scenario/fault-free.ts'
import { runTrial } from '../../src/scenario/trial.ts'

installSimulation()

const request = { method: 'POST', headers: { authorization: 'Bearer sk-test' } }
const body = JSON.stringify({ model: 'gpt-5', messages: [{ role: 'user', content: 'Hello' }] })

function trialOf(overrides: Partial<Parameters<typeof scenario>[1]>) {
  const made = scenario('trial', {
    agent: () => async () => {
      const response = await fetch('https://api.openai.com/v1/chat/completions', { ...request, body }).catch(() => null)
      return { answer: String(response?.status), stop: 'end_turn' }
    },
    tasks: [{ id: 'greet', input: 'Hello' }],
    upstreams: () => [openAiChat({ script: [{ content: 'Hello.' }] })],
    profile: {},
    search: { trials: 1, faults: faults.swarm(faults.provider.slowness()), properties: [harmless] },
    ...overrides,
  })
  return runTrial({ scenario: made, judge: judgeFor(made), seed: 1, trial: 0, plan: { faults: [] }, keep: true })
}

const harmless = defineProperty<object>({
  id: 'X1',
  name: 'test.harmless',
  kind: 'safety',
  statement: 'Nothing in particular.',
  applies: 'always.',
  start: () => ({}),
  on: {},
})

describe('a trial', () => {
  it('ends as finished once its task has settled', async () => {
    const { how, calls, events } = await trialOf({})
    expect(how).toBe('finished')
    expect(calls).toBe(1)
    expect(events.at(-1)).toMatchObject({ type: 'trial.ended', how: 'finished', leftovers: [] })
  })

  it('ends with the scenario at fault where its script is exhausted, and never blames the agent', async () => {
    await expect(trialOf({ upstreams: () => [openAiChat({ script: [] })] })).rejects.toThrow(
      /^the script of model "openai" has 0 replies and was asked for one more; add a reply.+\.$/,
    )
  })

  it('ends with the harness at fault where a property throws, and never tells the agent', async () => {
    const broken = defineProperty<object>({
      ...harmless,
      id: 'X2',
      applies: 'always.',
      start: () => ({}),
      on: {
        'request.sent': () => {
          throw new Error('a slip')
        },
      },
    })
    await expect(
      trialOf({ search: { trials: 1, faults: faults.swarm(faults.provider.slowness()), properties: [broken] } }),
    ).rejects.toThrow(/^Property X2 .+ a slip; mend it, the verdicts/)
  })

  it('crashes where the agent cannot be made', async () => {
    const { how, events } = await trialOf({
      agent: () => {
        throw new Error('no key')
      },
    })
    expect(how).toBe('crashed')
    expect(events.at(-1)).toMatchObject({ detail: 'the agent could not be made: Error: no key' })
  })

  it('expires where its agent calls without end', async () => {
    const { how, calls } = await trialOf({
      agent: () => async () => {
        for (;;) await fetch('https://api.openai.com/v1/chat/completions', { ...request, body })
      },
      upstreams: () => [openAiChat({ script: () => ({ content: 'Hello.' }) })],
      limits: { calls: 20 },
    })
    expect(how).toBe('expired')
    expect(calls).toBe(21)
  })

  it('expires where its agent sleeps beyond the limit of virtual time', async () => {
    const { how, virtualMs } = await trialOf({
      agent: () => async () => {
        await new Promise((resolve) => setTimeout(resolve, 90_000_000))
        return { answer: null, stop: 'end_turn' }
      },
    })
    expect(how).toBe('expired')
    expect(virtualMs).toBeLessThanOrEqual(86_400_000)
  })

  it('crashes where a timer of its agent throws something that cannot even be printed', async () => {
    const { how, events } = await trialOf({
      agent: () => async () => {
        setTimeout(() => {
          throw Object.create(null)
        }, 10)
        await new Promise((resolve) => setTimeout(resolve, 1_000))
        return { answer: null, stop: 'end_turn' }
      },
    })
    expect(how).toBe('crashed')
    expect(events.at(-1)).toMatchObject({ detail: 'uncaught object {}' })
  })
})

describe('the run without faults', () => {
  it('tells what an agent threw without the secrets it quotes', async () => {
    const value = 'merchant-token-77f1'
    const made = scenario('quotes', {
      agent: () => () => Promise.reject(new Error(`bad key ${value}`)),
      tasks: [{ id: 'greet', input: 'Hello' }],
      upstreams: () => [],
      profile: {},
      secrets: [{ name: 'merchant token', value }],
      search: { trials: 1, faults: faults.swarm(faults.provider.slowness()), properties: [harmless] },
    })
    const spec = { scenario: made, judge: judgeFor(made), seed: 1, onTurn: () => {}, onTrial: () => {} }
    const { failures } = (await runFaultFree(spec)).faultFree
    expect(failures).toEqual([
      'task "greet" did not end without faults: the agent threw Error: bad key [secret merchant token]',
    ])
  })
})

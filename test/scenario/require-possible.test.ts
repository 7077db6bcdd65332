import {
  type Fault,
  type MeasureInput,
  type Upstream,
  anthropicMessages,
  faults,
  openAiChat,
  properties,
  scenario,
  toolBackend,
  toolResult,
} from 'shakedown'
import { describe, expect, it } from 'vitest'

const script = () => ({ content: 'Hello.' })
const claude = () => anthropicMessages({ name: 'claude', script })
const chat = () => openAiChat({ name: 'chat', script })
const lookUp = () =>
  toolBackend({ tool: 'look_up', method: 'GET', url: 'https://orders.test/', handle: () => toolResult({}) })

interface Setup {
  readonly upstreams?: () => readonly Upstream[]
  readonly search?: ReturnType<typeof faults.swarm>
  readonly measured?: MeasureInput['faults']
}

function greeting({ upstreams = () => [claude(), chat(), lookUp()], search, measured = [] }: Setup) {
  return scenario('dialects', {
    agent: () => () => Promise.resolve({ answer: 'Hello.', stop: 'end_turn' }),
    tasks: [{ id: 'greet', input: 'Good morning.' }],
    upstreams,
    profile: {},
    search: { trials: 1, faults: search ?? faults.swarm(faults.provider.all()), properties: properties.loop },
    measure: { trials: 100, faults: measured },
  })
}

const overload = (id: string, name: string): Fault => faults.every(id, { kind: 'model', name }, {})

describe('a fault given by name that can strike nothing it is aimed at', () => {
  it('is refused with its condition, its upstream, the dialect and the remedy', () => {
    const measured = {
      calm: [faults.provider.latency({ p50Ms: 1, p99Ms: 2 })],
      full: [overload('openai.503', 'claude')],
    }
    expect(() => greeting({ measured })).toThrow(
      expect.objectContaining({
        kind: 'usage',
        code: 'SHAKEDOWN_IMPOSSIBLE_FAULT',
        message:
          'scenario "dialects": condition "full": fault 1, "openai.503", would never strike: it is aimed at the model "claude", which speaks anthropic.messages; name another of the server errors, such as "anthropic.500", "anthropic.504" or "anthropic.529", or aim it at an upstream that speaks openai.chat, openai.responses or openai.embeddings.',
      }),
    )
  })

  it('is refused in a search that names its faults, also as one of several sources', () => {
    const always = faults.always(faults.provider.latency({ p50Ms: 1, p99Ms: 2 }), overload('anthropic.529', 'chat'))
    const sentence = /^scenario "dialects": the search: fault 2, "anthropic\.529", .* model "chat", which speaks openai/
    expect(() => greeting({ search: always })).toThrow(sentence)
    expect(() => greeting({ search: faults.oneOf(faults.swarm(faults.provider.all()), always) })).toThrow(sentence)
  })

  it('is refused where it is aimed at all and nobody speaks its dialect', () => {
    const measured = [overload('anthropic.529', '*')]
    const two = () => [chat(), openAiChat({ name: 'backup', origin: 'https://backup.test', script })]
    expect(() => greeting({ upstreams: two, measured })).toThrow(
      /aimed at the model "chat", which speaks openai\.chat, and at the model "backup", which speaks openai\.chat;/,
    )
  })
})

describe('a fault given by name', () => {
  it('may be aimed at all where one of them speaks its dialect', () => {
    const measured = [overload('openai.503', '*'), overload('anthropic.529', '*'), overload('net.reset', '*')]
    expect(greeting({ measured }).measure?.conditions.at(-1)?.faults).toHaveLength(3)
  })

  it('may be spelt in any dialect where nobody knows which one the endpoint speaks', () => {
    const upstreams = (): Upstream[] => {
      const { dialect: _, ...unknown } = chat()
      return [unknown]
    }
    const measured = [overload('anthropic.529', '*')]
    expect(greeting({ upstreams, measured }).measure?.conditions).toHaveLength(2)
  })

  it('may be an outage of any model endpoint, which chooses its own words', () => {
    const outages = ['claude', 'chat', '*'].map((name) => faults.provider(name).outage({ fromMs: 0, toMs: 60_000 }))
    expect(greeting({ measured: outages }).measure?.conditions.at(-1)?.faults).toHaveLength(3)
    expect(greeting({ search: faults.always(...outages) }).name).toBe('dialects')
  })

  it('stays where it is aimed at what is not there, or the upstreams cannot be made: the run tells of both', () => {
    const broken = (): Upstream[] => {
      throw new Error('no such cassette')
    }
    const measured = [overload('openai.503', 'claude')]
    expect(greeting({ upstreams: () => [chat()], measured }).measure?.conditions).toHaveLength(2)
    expect(greeting({ upstreams: broken, measured }).measure?.conditions).toHaveLength(2)
  })
})

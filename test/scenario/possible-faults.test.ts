import * as fc from 'fast-check'
import { type Upstream, anthropicMessages, faults, openAiChat, properties, scenario } from 'shakedown'
import { describe, expect, it } from 'vitest'

const script = () => ({ content: 'Hello.' })

/** The faults that a search for trouble with providers generates. */
function searched(upstreams: () => readonly Upstream[], plans = faults.swarm(faults.provider.all())) {
  const { search } = scenario('dialects', {
    agent: () => () => Promise.resolve({ answer: 'Hello.', stop: 'end_turn' }),
    tasks: [{ id: 'greet', input: 'Good morning.' }],
    upstreams,
    profile: {},
    search: { trials: 1, faults: plans, properties: properties.loop },
  })
  const drawn = fc.sample(search.faults.arbitrary, { numRuns: 500, seed: 1 }).flatMap((plan) => plan.faults)
  return { families: search.faults.families, ids: [...new Set(drawn.map(({ id }) => id))], drawn }
}

const ofProvider = (ids: readonly string[], name: string) => ids.filter((id) => id.startsWith(`${name}.`))

describe('the faults of a search', () => {
  it('are those of the provider that is there', () => {
    const claude = searched(() => [anthropicMessages({ script })]).ids
    expect(ofProvider(claude, 'openai')).toEqual([])
    expect(ofProvider(claude, 'anthropic')).toContain('anthropic.529')
    const chat = searched(() => [openAiChat({ script })]).ids
    expect(ofProvider(chat, 'anthropic')).toEqual([])
    expect(ofProvider(chat, 'openai')).toContain('openai.500')
    const both = searched(() => [openAiChat({ script }), anthropicMessages({ script })]).ids
    expect(ofProvider(both, 'openai').length).toBeGreaterThan(5)
    expect(ofProvider(both, 'anthropic').length).toBeGreaterThan(5)
  })

  it('leave out what is aimed at an endpoint of another dialect', () => {
    const upstreams = () => [openAiChat({ script }), anthropicMessages({ script })]
    const { drawn } = searched(upstreams, faults.swarm(faults.provider('anthropic').all()))
    expect(ofProvider([...new Set(drawn.map(({ id }) => id))], 'openai')).toEqual([])
    expect(drawn.every(({ target }) => target.name === 'anthropic')).toBe(true)
  })

  it('keep what is aimed at an endpoint that is not there, so that the run tells of it', () => {
    const { ids } = searched(() => [openAiChat({ script })], faults.swarm(faults.provider('claude').all()))
    expect(ofProvider(ids, 'anthropic')).toContain('anthropic.529')
  })

  it('stay as they are where the upstreams cannot be made', () => {
    const { families } = searched(() => {
      throw new Error('no such cassette')
    })
    expect(families).toContain('rate limits')
  })
})

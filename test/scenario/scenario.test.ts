import { describe, expect, it } from 'vitest'
import { faults } from '../../src/faults/faults.ts'
import { properties } from '../../src/properties/properties.ts'
import { type ScenarioInput, isScenario, scenario } from '../../src/scenario/scenario.ts'

const input: ScenarioInput = {
  agent: () => async () => ({ answer: null, stop: 'end_turn' }),
  tasks: [{ id: 'status', input: 'Where is order A-1?' }],
  upstreams: () => [],
  profile: { maxSteps: 5 },
  search: {
    trials: 300,
    faults: faults.swarm(faults.provider.all()),
    properties: [properties.loop, properties.retry],
  },
}

/** The input with one field changed, whatever its type. */
function given(change: Readonly<Record<string, unknown>>): ScenarioInput {
  return { ...input, ...change }
}

const remedy = 'compare the field with the example in the README.'

describe('a scenario that is wrong in one field', () => {
  const searching = (change: Readonly<Record<string, unknown>>) => ({ search: { ...input.search, ...change } })
  const task = input.tasks[0]

  it.each([
    ['agent', { agent: 'gpt-5' }, 'expected a function at "agent", found "gpt-5"'],
    ['agent left out', { agent: undefined }, 'expected a function at "agent", found nothing'],
    ['tasks', { tasks: [] }, 'at "tasks", found []'],
    ['a task', { tasks: [{ id: '', input: 'x' }] }, 'at "tasks.0.id", found ""'],
    ["a task's input", { tasks: [task, { id: 'b', input: 7 }] }, 'at "tasks.1.input", found 7'],
    ['a grader', { tasks: [{ ...task, grade: true }] }, 'expected a function at "tasks.0.grade", found true'],
    ['a misspelt field of a task', { tasks: [{ ...task, inputs: 'x' }] }, 'unrecognized key: "inputs" at "tasks.0"'],
    ['upstreams', { upstreams: [] }, 'expected a function at "upstreams", found []'],
    ['profile', { profile: { maxSteps: 0 } }, 'at "profile.maxSteps", found 0'],
    ['a misspelt field of the profile', { profile: { maxStep: 5 } }, 'unrecognized key: "maxStep" at "profile"'],
    ['secrets', { secrets: [{ name: 'key', value: 'short' }] }, 'at "secrets.0.value"'],
    ['workload', { workload: { arrivals: [] } }, 'at "workload.arrivals", found []'],
    ['arrival', { workload: { arrivals: [{ task: 'status', atMs: -1 }] } }, 'at "workload.arrivals.0.atMs", found -1'],
    ['trials', searching({ trials: 0 }), 'at "search.trials", found 0'],
    ['trials in text', searching({ trials: '300' }), 'at "search.trials", found "300"'],
    ['quickTrials', searching({ quickTrials: 2.5 }), 'at "search.quickTrials", found 2.5'],
    [
      'faults',
      searching({ faults: [] }),
      'expected a source of fault plans such as faults.swarm(...) at "search.faults", found []',
    ],
    ['no properties', searching({ properties: [] }), 'at "search.properties", found []'],
    [
      'an empty list of properties',
      searching({ properties: [[]] }),
      'expected array to have >=1 items at "search.properties.0", found []',
    ],
    [
      'a property that does not exist',
      searching({ properties: [properties.loop, Reflect.get(properties, 'breakr')] }),
      'expected a property such as those of `properties` at "search.properties.1", found nothing',
    ],
    [
      'a property by its name',
      searching({ properties: ['R4'] }),
      'expected a property such as those of `properties` at "search.properties.0", found "R4"',
    ],
    [
      'accepted',
      { accepted: [{ property: 'R4', reason: 'known', owner: 'me', expires: 'soon' }] },
      'at "accepted.0.expires", found "soon"',
    ],
    ['limits', { limits: { calls: -3 } }, 'at "limits.calls", found -3'],
    ['a misspelt limit', { limits: { callz: 3 } }, 'unrecognized key: "callz" at "limits"'],
    ['a misspelt field', { serach: {} }, 'unrecognized key: "serach"'],
  ])('%s is told so in one sentence', (_field, change, words) => {
    const define = () => scenario('support', given(change))
    expect(define).toThrow(expect.objectContaining({ kind: 'usage', code: 'SHAKEDOWN_BAD_INPUT' }))
    let message = ''
    try {
      define()
    } catch (error) {
      message = (error as Error).message
    }
    expect(message.startsWith('scenario "support": ')).toBe(true)
    expect(message).toContain(words)
    expect(message.endsWith(`; ${remedy}`)).toBe(true)
    expect(message).not.toContain('\n')
  })

  it('its name is told so', () => {
    expect(() => scenario('', input)).toThrow('scenario "": ')
    expect(() => scenario(undefined as unknown as string, input)).toThrow(
      'scenario "undefined": invalid input: expected string, received undefined, found nothing; give the scenario a name, which reports and replay tokens call it by.',
    )
  })

  it('all of it is told so', () => {
    expect(() => scenario('support', undefined as unknown as ScenarioInput)).toThrow(
      `scenario "support": invalid input: expected object, received undefined, found nothing; ${remedy}`,
    )
  })

  it('two tasks or properties of one name are told so', () => {
    expect(() => scenario('support', given({ tasks: [input.tasks[0], input.tasks[0]] }))).toThrow(
      expect.objectContaining({
        code: 'SHAKEDOWN_DUPLICATE',
        message: 'scenario "support": task "status" is there twice; give each an identifier of its own.',
      }),
    )
    expect(() => scenario('support', given(searching({ properties: [properties.loop, properties.loop] })))).toThrow(
      expect.objectContaining({ code: 'SHAKEDOWN_DUPLICATE', message: expect.stringContaining('property "L1"') }),
    )
  })

  it('a workload of unknown tasks is told which there are', () => {
    expect(() => scenario('support', given({ workload: { arrivals: [{ task: 'refund' }] } }))).toThrow(
      expect.objectContaining({
        code: 'SHAKEDOWN_UNKNOWN_TASK',
        message:
          'scenario "support": the workload names task "refund", which is not among its tasks; name one of "status".',
      }),
    )
  })
})

describe('a scenario', () => {
  it('is filled in with defaults', () => {
    const parsed = scenario('support', input)
    expect(parsed).toMatchObject({
      name: 'support',
      workload: null,
      secrets: [],
      accepted: [],
      limits: { virtualMs: 86_400_000, calls: 300, healAtMs: 300_000 },
      search: { trials: 300, quickTrials: 100 },
    })
    expect(parsed.search.properties).toEqual([...properties.loop, ...properties.retry])
    expect(isScenario(parsed)).toBe(true)
  })

  it('keeps the limits that are given, and the defaults of those that are not', () => {
    expect(scenario('support', given({ limits: { calls: 7 } })).limits).toEqual({
      virtualMs: 86_400_000,
      calls: 7,
      healAtMs: 300_000,
    })
    expect(scenario('support', given({ limits: { virtualMs: undefined } })).limits.virtualMs).toBe(86_400_000)
  })

  it('runs a tenth of its trials quickly, at least 100, at most all, and never a part of one', () => {
    const quick = (trials: number) =>
      scenario('support', given({ search: { ...input.search, trials } })).search.quickTrials
    expect([1, 99, 100, 1_000, 1_005, 5_000].map(quick)).toEqual([1, 99, 100, 100, 101, 500])
  })
})

it('what is no scenario is not taken for one', () => {
  for (const value of [undefined, null, 'scenario', 7, {}, [], () => {}]) expect(isScenario(value)).toBe(false)
})

import { afterAll, describe, it } from 'vitest'
import type { Fault, Trigger } from '../../src/contract/fault.ts'
import { faults } from '../../src/faults/faults.ts'
import { PlanInjector } from '../../src/faults/plan-injector.ts'
import { mcpSampleCalls } from '../../src/faults/samples/mcp-sample-calls.ts'
import { keyedUint32 } from '../../src/simulation/keyed-hash.ts'
import type { PlanSource } from '../../src/faults/arbitraries/plan.ts'
import { blockPlans, blockTrials } from '../../src/scenario/plans.ts'
import type { UpstreamCall } from '../../src/wire/interference.ts'
import type { Seam } from '../../src/wire/seam.ts'
import { fault } from '../faults/_strike.ts'
import { orderScenario } from '../scenario/_scenario.ts'
import { type Aim, type Comparison, Comparisons, aims, callAt, deliveriesOver, draws, inWords } from './_shares.ts'

const rates = [0.001, 0.01, 0.05, 0.1, 0.3, 0.5, 0.9, 0.99]
const comparisons = new Comparisons()

afterAll(() => console.log(comparisons.conclude()))

/** Faults that give a call its answer, or the file its state: of these a call meets one. */
const answering: Readonly<Record<Seam, readonly [string, string, string]>> = {
  http: ['net.refused', 'net.close', 'net.hang.headers'],
  function: ['function.throws', 'function.rejects', 'function.hangs'],
  'synchronous function': ['function.throws', 'function.throws_non_error', 'function.throws'],
  file: ['store.busy', 'store.full', 'store.readonly'],
  pipe: ['net.reset', 'net.close', 'net.reset'],
}

const at = (rate: number): Trigger => ({ on: 'rate', rate })

/** Faults that leave the answer alone, and so go together whatever they are many of. */
const beside = ({ target }: Aim, rate: number): Fault => fault('process.block', target, { forMs: 1 }, at(rate))

/** The shares that the faults of one plan have among the calls of an aim. */
function sharesOf(aim: Aim, what: string, plan: readonly Fault[], shares: readonly number[], calls = draws) {
  comparisons.expect((seed) => {
    const delivered = deliveriesOver(plan, calls, (ordinal) => callAt(aim, ordinal), seed)
    return delivered.map((seen, index): Comparison => {
      const share = shares[index] ?? 0
      return { what: `${plan[index]?.id} on ${inWords(aim)}, ${what}`, share, seen }
    })
  })
}

describe.each(aims.map((aim) => ({ aim, words: inWords(aim) })))('of the calls of $words', ({ aim }) => {
  const { target, seam } = aim
  const [first, second, third] = answering[seam]

  it('a fault at a rate strikes that share', () => {
    for (const rate of rates) sharesOf(aim, `at ${rate}`, [fault(first, target, {}, at(rate))], [rate])
  })

  it('faults that go together strike each at its own rate, whatever stands beside it', () => {
    sharesOf(
      aim,
      'beside others',
      rates.map((rate) => beside(aim, rate)),
      rates,
    )
  })

  it('of faults that answer a call, each gets what those before it leave', () => {
    const mix = [first, second, third].map((id, index) => fault(id, target, {}, at([0.3, 0.35, 0.5][index] ?? 0)))
    sharesOf(aim, 'in one plan', mix, [0.3, 0.7 * 0.35, 0.7 * 0.65 * 0.5])
  })

  it('a fault at a rate strikes that share beside one that strikes by the clock or the count', () => {
    const others = [
      fault(second, target, {}, { on: 'between', fromMs: 0, toMs: draws / 2 }),
      fault(third, target, {}, { on: 'every', n: 5 }),
    ]
    // Half of the time the one by the clock answers; of what is left, a fifth is answered by count.
    sharesOf(aim, 'beside others', [...others, fault(first, target, {}, at(0.25))], [0.5, 0.1, 0.4 * 0.25])
  })

  it('a fault at a rate within a span strikes that share of the span, and nothing outside', () => {
    const within = [0.1, 0.5, 0.9].map((rate, step) =>
      fault(first, target, {}, { on: 'between', fromMs: step * draws, toMs: (step + 1) * draws, rate }),
    )
    // A fourth span of calls comes after all of them.
    sharesOf(aim, 'within its span', within, [0.1, 0.5, 0.9], 4 * draws)
  })
})

describe.each(
  aims.filter(({ seam }) => seam === 'http' || seam === 'function').map((aim) => ({ aim, words: inWords(aim) })),
)('a brownout of $words', ({ aim }) => {
  it('slows all, and fails in each step the share that the step has', () => {
    const ramp = { fromMs: 0, toMs: 5 * draws, worstRate: 0.5, with: { id: answering[aim.seam][0] } }
    const plan = faults.patterns.brownout(aim.target, ramp)
    const shares = [0.1, 0.2, 0.3, 0.4, 0.5].flatMap((share) => [1, share])
    sharesOf(aim, 'in a brownout', plan, shares, 6 * draws)
  })
})

describe('the rates of faults that are given by one word', () => {
  it.each(rates)('of tools and of MCP servers, %d', (rate) => {
    const http: Aim = { target: { kind: 'tool', name: 'refunds' }, seam: 'http' }
    sharesOf(http, `at ${rate}`, [faults.tool('refunds').error({ rate })], [rate])
    comparisons.expect((seed) => {
      const [seen = 0] = deliveriesOver([faults.mcp().toolError({ rate })], 2 * draws, mcpCall, seed)
      return [{ what: `mcp.tool_error of tool calls among listings at ${rate}`, share: rate, seen }]
    })
  })
})

const [toolCall, listing] = mcpSampleCalls.map(({ upstream, request }) => {
  const opened = upstream()
  return { upstream: opened, request, task: 0, view: opened.understand(request) }
})

/** Every other call is one of a tool. */
function mcpCall(call: number): UpstreamCall {
  const sample = call % 2 === 0 ? toolCall : listing
  if (sample === undefined) throw new Error('there is no sample call')
  return { ...sample, call, nowMs: call }
}

describe('plans that are drawn anew for each trial', () => {
  const tool: Aim = { target: { kind: 'tool', name: '*' }, seam: 'http' }
  const model: Aim = { target: { kind: 'model', name: '*' }, seam: 'http' }
  const aimed = (id: string, { target }: Aim, rate: number) => fault(id, target, {}, at(rate))

  it('have of one of several sources the share that it is of them, and of that its rate', () => {
    const sources = [
      faults.always(aimed('net.refused', tool, 0.3), aimed('net.close', model, 0.5)),
      faults.always(aimed('net.reset', tool, 0.9)),
      faults.oneOf(faults.always(aimed('net.dns', tool, 0.1)), faults.always(aimed('net.tls', model, 0.7))),
    ]
    const shares = {
      'net.refused': 0.3 / 3,
      'net.close': 0.5 / 3,
      'net.reset': 0.9 / 3,
      'net.dns': 0.1 / 6,
      'net.tls': 0.7 / 6,
    }
    comparisons.expect((seed) => {
      const seen = deliveredInTrials(faults.oneOf(...sources), [tool, model], seed)
      return Object.entries(shares).map(([id, share]) => ({
        what: `${id} of one source of several`,
        share,
        seen: seen.get(id) ?? 0,
      }))
    })
  })

  it('of a plan that is always the same strike at its rates', () => {
    const shares = { 'net.refused': 0.3, 'net.close': 0.5 }
    const plan = faults.always(aimed('net.refused', tool, 0.3), aimed('net.close', model, 0.5))
    comparisons.expect((seed) => {
      const seen = deliveredInTrials(plan, [tool, model], seed)
      return Object.entries(shares).map(([id, share]) => ({
        what: `${id} of a plan for all trials`,
        share,
        seen: seen.get(id) ?? 0,
      }))
    })
  })
})

/** How often each fault was delivered over as many trials, each of which calls each of the aims once. */
function deliveredInTrials(source: PlanSource, called: readonly Aim[], seed: string): ReadonlyMap<string, number> {
  const scenario = orderScenario({ search: { ...orderScenario().search, faults: source } })
  const seen = new Map<string, number>()
  for (let block = 0; block < draws / blockTrials; block++) {
    for (const [index, plan] of blockPlans(scenario, keyedUint32(seed) % 1_000, block).entries()) {
      const injector = new PlanInjector(plan, `${seed}/${block * blockTrials + index}`, Number.POSITIVE_INFINITY)
      for (const [call, aim] of called.entries()) injector.interfere(callAt(aim, call))
      for (const [at, { id }] of plan.faults.entries())
        seen.set(id, (seen.get(id) ?? 0) + (injector.deliveries[at] ?? 0))
    }
  }
  return seen
}

import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { faultPlanSchema } from '../../../src/contract/fault.ts'
import { type PlanSource, swarm } from '../../../src/faults/arbitraries/plan.ts'
import { faultFamilies } from '../../../src/faults/catalogue-member.ts'
import { catalogue, catalogueMember } from '../../../src/faults/catalogue.ts'
import { faults } from '../../../src/faults/faults.ts'
import { PlanInjector } from '../../../src/faults/plan-injector.ts'

const demand = { tool: 'delete_customer', arguments: { customerId: 'C-7' } }
const attacks = faults.policy({
  forbidden: [demand],
  gated: [demand],
  canaries: [{ ...demand, secret: 'canary' }],
  planted: [demand],
  delegations: [demand],
})
const everything = faults.swarm(
  faults.provider.all(),
  faults.provider.wrongReplies(),
  faults.stream.all(),
  faults.tool('*').all(),
  faults.store.all(),
  faults.mcp('*').all(),
  faults.policyService.all(),
  faults.approval.all(),
  faults.provider.budgetKill(),
  faults.memory('*').all(),
  attacks,
  faults.clock.all(),
  faults.process.all(),
)

describe('generated plans', () => {
  it('are plans, can be injected and survive a round trip through JSON', () => {
    fc.assert(
      fc.property(everything.arbitrary, (plan) => {
        const read: unknown = JSON.parse(JSON.stringify(plan))
        const parsed = faultPlanSchema.parse(read)
        expect(parsed).toEqual(plan)
        expect(JSON.stringify(parsed)).toBe(JSON.stringify(plan))
        expect(plan.faults.length).toBeGreaterThan(0)
        new PlanInjector(parsed, 'seed', 1, [{ name: 'canary', value: 'canary-1234', mayReach: [] }])
      }),
      { numRuns: 1_000 },
    )
  })

  it('hold every member of the catalogue sooner or later', () => {
    const plans = fc.sample(everything.arbitrary, { numRuns: 4_000, seed: 1 })
    const seen = new Set(plans.flatMap((plan) => plan.faults.map(({ id }) => id)))
    expect([...seen].toSorted()).toEqual(catalogue.map(({ id }) => id).toSorted())
  })

  it('take members of a family only where they can strike', () => {
    const plans = fc.sample(faults.swarm(faults.tool('look_up').all(), faults.provider('openai').all()).arbitrary, 500)
    for (const { id, target } of plans.flatMap((plan) => plan.faults)) {
      expect(catalogueMember(id).targets).toContain(target.kind)
      expect(target.name).toBe(target.kind === 'tool' ? 'look_up' : 'openai')
    }
  })

  it('are the same for the same seed', () => {
    const sample = () => fc.sample(everything.arbitrary, { numRuns: 50, seed: 7 })
    expect(sample()).toEqual(sample())
  })

  it('are those that were pinned, so that a library update which changes what a seed means is noticed', async () => {
    const plans = fc.sample(everything.arbitrary, { numRuns: 20, seed: 42 })
    const lines = plans.map((plan) => `${JSON.stringify(plan)}\n`).join('')
    await expect(lines).toMatchFileSnapshot('../../golden/plans-of-seed-42.jsonl')
  })
})

describe('a swarm', () => {
  const familiesOf = (source: PlanSource, runs: number) =>
    fc
      .sample(source.arbitrary, { numRuns: runs, seed: 11 })
      .map((plan) => new Set(plan.faults.map(({ id }) => catalogueMember(id).family)))

  it('covers every family and gives plans with a single one often', () => {
    const drawn = familiesOf(everything, 6_000)
    expect(everything.families.toSorted()).toEqual(faultFamilies.toSorted())
    for (const family of faultFamilies) {
      expect(drawn.filter((families) => families.has(family)).length).toBeGreaterThan(400)
      expect(drawn.filter((families) => families.size === 1 && families.has(family)).length).toBeGreaterThan(50)
    }
    expect(drawn.filter(({ size }) => size === 1).length).toBeGreaterThan(600)
    expect(drawn.filter(({ size }) => size > 2).length).toBeGreaterThan(200)
  })

  it('of nothing is refused in one sentence', () => {
    expect(() => swarm()).toThrow(
      expect.objectContaining({
        code: 'SHAKEDOWN_NO_FAULTS',
        message: 'faults.swarm() was given no faults; name at least one, e.g. faults.provider.all().',
      }),
    )
    expect(() => swarm(faults.policy({}))).toThrow(expect.objectContaining({ code: 'SHAKEDOWN_NO_FAULTS' }))
  })
})

describe('shrinking', () => {
  it.each(catalogue.map(({ id }) => id))('ends at one %s on the first call where that is all it takes', (id) => {
    const details = fc.check(
      fc.property(everything.arbitrary, (plan) => !plan.faults.some((fault) => fault.id === id)),
      { seed: 3, numRuns: 5_000 },
    )
    const [shrunk] = details.counterexample ?? []
    expect(shrunk?.faults.map((fault) => fault.id)).toEqual([id])
    expect(shrunk?.faults[0]?.trigger).toEqual({ on: 'nth', n: 1 })
  })
})

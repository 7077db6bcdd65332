import { refundAgent, refundTask, refundUpstreamsOf } from '../../agent/store/_refund-run.ts'
import type { RefundRun } from '../../agent/store/_refund-run.ts'
import { openStore } from '../../agent/store/_store.ts'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { httpTool } from '../../../src/agent/tools/http-tool.ts'
import { defineTool } from '../../../src/agent/tools/tool.ts'
import { z } from 'zod'
import type { AgentStore } from '../../../src/agent/store/agent-store.ts'
import type { Fault } from '../../../src/contract/fault.ts'
import type { PropertyVerdict } from '../../../src/contract/property.ts'
import { every } from '../../../src/faults/sources/every.ts'
import { properties } from '../../../src/properties/properties.ts'
import { judgeFor } from '../../../src/scenario/finding.ts'
import { runRelatedTrial } from '../../../src/scenario/related-trial.ts'
import { callPoints } from '../../../src/wire/happening.ts'
import { refundScenario } from '../../scenario/process/_refunds.ts'

/** Runs the two refunds under kills, the task handed over twice; says what is violated. */
async function judged(make: () => RefundRun, ...faults: Fault[]): Promise<Readonly<Record<string, PropertyVerdict>>> {
  const run = make()
  const scenario = refundScenario(() => refundAgent(make()), {
    tasks: [refundTask],
    upstreams: () => refundUpstreamsOf(run),
    workload: {
      order: 'sequence',
      arrivals: [refundTask, refundTask].map(({ id }, index) => ({ task: id, atMs: index * 60_000 })),
    },
    profile: {
      ...{ tools: { effectful: ['issue_refund'] }, terminationMs: 600_000 },
      persistence: { store: 'memory', effects: run.honoursKey ? 'exactly once' : 'at most once' },
    },
    search: {
      trials: 1,
      faults: refundScenario(() => async () => ({ answer: null, stop: 'error' })).search.faults,
      properties: properties.all,
    },
  })
  const plan = { faults }
  const { verdicts } = await runRelatedTrial(
    { scenario, judge: judgeFor(scenario), seed: 1, trial: 0, plan, keep: true },
    'L13',
  )
  return Object.fromEntries(verdicts)
}

const violatedIn = (verdicts: Readonly<Record<string, PropertyVerdict>>) =>
  Object.entries(verdicts).flatMap(([id, verdict]) =>
    verdict.verdict === 'violated' ? [[id, verdict.witness.sentence]] : [],
  )

const kill = (name: 'memory' | 'primary' | 'issue_refund', n: number, parameters: Fault['parameters'] = {}): Fault =>
  every(
    'process.kill',
    { kind: name === 'memory' ? 'store' : name === 'primary' ? 'model' : 'tool', name },
    { downMs: 500, at: 'acted', ...parameters },
    { on: 'nth', n },
  )

const honest: RefundRun = { asking: 'in two steps', honoursKey: true }

/** The agent with a store that takes these changes for done, and does nothing of them. */
const without = (...dropped: (keyof AgentStore)[]): AgentStore => {
  const store = openStore()
  const names: readonly string[] = dropped
  return {
    ...store,
    write: (changes, asked) =>
      store.write(
        changes.filter(({ collection }) => !names.includes(collection)),
        asked,
      ),
  }
}

describe('an agent that keeps its runs', () => {
  it('is never accused, whenever it is killed', async () => {
    const anyKill = fc.record({
      name: fc.constantFrom('memory' as const, 'memory' as const, 'primary' as const, 'issue_refund' as const),
      n: fc.integer({ min: 1, max: 60 }),
      at: fc.constantFrom(...callPoints),
      afterMicrotasks: fc.integer({ min: 0, max: 10 }),
    })
    const anyRun = fc.record({
      asking: fc.constantFrom<RefundRun['asking']>('in one reply', 'in two steps'),
      honoursKey: fc.boolean(),
    })
    await fc.assert(
      fc.asyncProperty(anyRun, fc.array(anyKill, { minLength: 1, maxLength: 2 }), async (run, kills) => {
        const planned = kills.map(({ name, n, ...parameters }) =>
          kill(name, name === 'memory' ? n : 1 + (n % 3), parameters),
        )
        expect(violatedIn(await judged(() => run, ...planned))).toEqual([])
      }),
      { numRuns: 60 },
    )
  }, 120_000)

  it('shows that nothing of it is lost, and nothing shows that without a kill', async () => {
    const killed = await judged(() => honest, kill('issue_refund', 1))
    expect([killed['L13'], killed['L14'], killed['O1'], killed['R10']]).toMatchObject([
      { verdict: 'holds' },
      { verdict: 'holds' },
      { verdict: 'holds' },
      { verdict: 'holds' },
    ])
    const alive = await judged(() => honest)
    expect(alive['L13']).toEqual({ verdict: 'vacuous' })
  })

  it('is found where it does not write down what it is about to do', async () => {
    const careless = await judged(() => ({ ...honest, options: { store: without('effects', 'steps') } }))
    expect(violatedIn(careless)).toMatchObject([
      [
        'L14',
        expect.stringMatching(
          /^the call of tool "issue_refund" was sent at .* but store "memory" had acknowledged no record of it/,
        ),
      ],
    ])
  })

  it('is found where it loses what it was at', async () => {
    const forgetful = (): RefundRun => ({
      ...{ ...honest, honoursKey: false },
      options: { store: without('runs', 'effects', 'steps', 'messages') },
    })
    expect((await judged(forgetful, kill('issue_refund', 1)))['L13']).toMatchObject({
      witness: { sentence: 'effect "refund:A-1" was applied 3 times, but 2 times in the same trial without its kills' },
    })
  })

  it('is found where the next process has never heard of what was answered', async () => {
    const lost = await judged(() => ({ ...honest, options: { store: without('runs', 'steps', 'messages') } }))
    expect(lost['O1']).toMatchObject({
      witness: {
        sentence: expect.stringMatching(
          /^task "T-1" was answered at .* and handed over again, but the model call to "primary" was sent/,
        ),
      },
    })
  })

  it('is found where its keys are those of one process', async () => {
    let lives = 0
    const run = (): RefundRun => {
      const life = ++lives
      const send = httpTool<{ id: string }>({
        method: 'POST',
        url: () => 'https://shop.test/refunds',
        body: (args) => args,
      })
      const tool = defineTool({
        name: 'issue_refund',
        description: 'Refunds an order.',
        parameters: z.object({ id: z.string() }),
        effectful: true,
        honoursIdempotencyKey: true,
        execute: (args, context) => send(args, { ...context, idempotencyKey: `${context.idempotencyKey}-${life}` }),
      })
      return { ...honest, options: { tools: [tool] } }
    }
    const verdicts = await judged(run, kill('issue_refund', 1))
    expect(verdicts['R10']).toMatchObject({
      witness: {
        sentence: expect.stringContaining('but the process before, which was killed, had sent it with idempotency key'),
      },
    })
  })
})

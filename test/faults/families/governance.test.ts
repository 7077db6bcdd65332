import { describe, expect, it } from 'vitest'
import type { Fault, FaultTarget } from '../../../src/contract/fault.ts'
import type { JsonObject } from '../../../src/contract/json.ts'
import type { Agent } from '../../../src/contract/task.ts'
import { faults } from '../../../src/faults/faults.ts'
import { properties } from '../../../src/properties/properties.ts'
import { judgeFor } from '../../../src/scenario/finding.ts'
import { scenario } from '../../../src/scenario/scenario.ts'
import { runTrial } from '../../../src/scenario/trial.ts'
import { type Decision, approvalService } from '../../../src/wire/approval-service.ts'
import { policyService } from '../../../src/wire/policy-service.ts'
import { play } from '../../wire/_play.ts'
import { fault, refundA1, refundUrl, refunds } from '../_strike.ts'

const policyUrl = 'https://policy.test/v1/data/agent'
const approvalUrl = 'https://approvals.test/requests'
const policyTarget: FaultTarget = { kind: 'policy', name: 'policy' }
const approvalTarget: FaultTarget = { kind: 'approval', name: 'approvals' }
const request = { tool: 'issue_refund', arguments: { orderId: 'A-1' } }

const post = (url: string, body: JsonObject, signal: AbortSignal | null = null) =>
  fetch(url, { method: 'POST', body: JSON.stringify(body), signal })

const allowSchema = (body: unknown) => (body as { result?: { allow?: unknown } } | null)?.result?.allow

/** Refunds where the engine says `true` within two seconds, and in no other case. */
async function failingClosed(): Promise<string> {
  try {
    const answer = await post(policyUrl, { input: request }, AbortSignal.timeout(2_000))
    const allow = answer.ok ? allowSchema(await answer.json()) : undefined
    if (allow !== true) return allow === false ? 'denied' : 'undecided'
  } catch {
    return 'undecided'
  }
  await fetch(refundUrl, refundA1)
  return 'refunded'
}

/** Refunds unless the engine says `false`. */
async function failingOpen(): Promise<string> {
  const answer = await post(policyUrl, { input: request }, AbortSignal.timeout(2_000)).catch(() => null)
  const allow = allowSchema(await answer?.json().catch(() => null))
  if (allow === false) return 'denied'
  await fetch(refundUrl, refundA1)
  return 'refunded'
}

async function governed(agent: () => Promise<string>, decision: boolean, ...planned: Fault[]) {
  const upstreams = [policyService({ url: policyUrl, decide: () => decision }), refunds()]
  const { value, events, deliveries } = await play({ upstreams, faults: planned }, agent)
  const effects = events.filter(({ type }) => type === 'effect.applied').length
  return { said: value, effects, deliveries }
}

describe('a policy engine', () => {
  it('decides what may be done, and refuses a question that is none', async () => {
    expect(await governed(failingClosed, true)).toEqual({ said: 'refunded', effects: 1, deliveries: [] })
    expect(await governed(failingClosed, false)).toEqual({ said: 'denied', effects: 0, deliveries: [] })
    const { value } = await play({ upstreams: [policyService({ url: policyUrl, decide: () => true })] }, async () => {
      const answer = await post(policyUrl, { input: { tool: 7 } })
      return { status: answer.status, body: await answer.json() }
    })
    expect(value).toMatchObject({ status: 400, body: { code: 'invalid_parameter' } })
  })

  it.each<[string, JsonObject]>([
    ['policy.engine.error', {}],
    ['policy.engine.malformed', { form: 'no_result' }],
    ['policy.engine.malformed', { form: 'no_boolean' }],
    ['policy.engine.malformed', { form: 'cut' }],
    ['policy.engine.malformed', { form: 'html' }],
    ['net.refused', {}],
    ['net.hang.headers', {}],
    ['latency.fixed', { ms: 6_000 }],
    ['gateway.503', {}],
  ])('that has not decided, by %s %j, stops an agent that fails closed, and no other', async (id, parameters) => {
    const struck = fault(id, policyTarget, parameters)
    expect(await governed(failingClosed, false, struck)).toEqual({ said: 'undecided', effects: 0, deliveries: [1] })
    expect(await governed(failingOpen, false, struck)).toEqual({ said: 'refunded', effects: 1, deliveries: [1] })
  })

  it('that is behind a sign-in page sends that, and says so', async () => {
    const upstreams = [policyService({ url: policyUrl, decide: () => true })]
    const signIn = fault('policy.engine.malformed', policyTarget, { form: 'html' })
    const { value } = await play({ upstreams, faults: [signIn] }, async () => {
      const answer = await post(policyUrl, { input: request })
      return [answer.status, answer.headers.get('content-type'), await answer.text()]
    })
    expect(value).toEqual([200, 'text/html', '<html><body>Sign in</body></html>'])
  })

  it.each([
    ['policy.engine.permissive', false, 'refunded', 1],
    ['policy.engine.permissive', true, 'refunded', 0],
    ['policy.engine.inverted', false, 'refunded', 1],
    ['policy.engine.inverted', true, 'denied', 1],
    ['policy.engine.changed', true, 'denied', 1],
    ['policy.engine.changed', false, 'denied', 0],
  ])(
    'that says what it should not, by %s where it means %s, is believed: %s',
    async (id, decision, said, delivered) => {
      const result = await governed(failingClosed, decision, fault(id, policyTarget))
      expect(result).toMatchObject({ said, deliveries: [delivered] })
    },
  )
})

/** Asks for an approval up to three times, ten seconds at most each, and refunds once it is given. */
function approving(isCareful: boolean): Agent {
  return async () => {
    for (let asked = 0; asked < 3; asked++) {
      const answer = await post(approvalUrl, request, AbortSignal.timeout(10_000)).catch(() => null)
      const said = (await answer?.json()) as { decision?: Decision; arguments?: JsonObject } | undefined
      const isForThis = said?.arguments === undefined || said.arguments['orderId'] === 'A-1'
      if (said?.decision === 'approved' && (isForThis || !isCareful)) {
        await fetch(refundUrl, refundA1)
        return { answer: 'Refunded.', stop: 'end_turn' }
      }
    }
    return { answer: 'Nobody approved it.', stop: 'end_turn' }
  }
}

async function gated(isCareful: boolean, ...planned: Fault[]) {
  const desk = scenario('a gated refund', {
    agent: () => approving(isCareful),
    tasks: [{ id: 'refund', input: 'Refund order A-1.' }],
    upstreams: () => [approvalService({ url: approvalUrl, decide: () => 'approved' }), refunds()],
    profile: { tools: { gated: ['issue_refund'] } },
    search: { trials: 1, faults: faults.swarm(faults.approval.all()), properties: [properties.approval] },
  })
  const trial = { scenario: desk, judge: judgeFor(desk), seed: 1, trial: 0, plan: { faults: planned }, keep: true }
  const { verdicts, deliveries, effects, events } = await runTrial(trial)
  const asked = events.filter(({ type }) => type === 'approval.asked').length
  const verdict = verdicts.get('L8')
  return { verdict: verdict?.verdict ?? 'vacuous', deliveries, refunds: effects.length, asked, found: verdict }
}

describe('an approval', () => {
  it('that never comes is still pending however often it is asked for', async () => {
    const never = fault('approval.never', approvalTarget, {}, { on: 'every', n: 1 })
    expect(await gated(true, never)).toMatchObject({ deliveries: [3], refunds: 0, asked: 3 })
  })

  it('that is pending by itself is not kept from coming', async () => {
    const upstreams = [approvalService({ url: approvalUrl, decide: () => 'pending' })]
    const never = fault('approval.never', approvalTarget)
    const { deliveries } = await play({ upstreams, faults: [never] }, () => post(approvalUrl, request))
    expect(deliveries).toEqual([0])
  })

  it('that comes late finds that whoever asked has given up', async () => {
    const late = fault('approval.late', approvalTarget, { ms: 60_000 })
    expect(await gated(true, late)).toMatchObject({ deliveries: [1], refunds: 1, asked: 2 })
  })

  it('that is replayed tells for which call it was, and is none for this one', async () => {
    const replayed = fault('approval.replayed', approvalTarget)
    expect(await gated(true, replayed)).toMatchObject({ deliveries: [1], refunds: 1, asked: 2 })
    const believed = await gated(false, replayed)
    expect(believed).toMatchObject({ verdict: 'violated', deliveries: [1], refunds: 1, asked: 1 })
    expect(JSON.stringify(believed.found)).toContain('the approval at 0.200 s was for {}')
  })
})

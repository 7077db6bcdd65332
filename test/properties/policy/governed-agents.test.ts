import type OpenAI from 'openai'
import { describe, expect, it } from 'vitest'
import type { JsonObject } from '../../../src/contract/json.ts'
import type { Agent } from '../../../src/contract/task.ts'
import { describeFault } from '../../../src/report/describe-fault.ts'
import { faults } from '../../../src/faults/faults.ts'
import { properties } from '../../../src/properties/properties.ts'
import { findSmallestCause, judgeFor } from '../../../src/scenario/finding.ts'
import { blockPlans } from '../../../src/scenario/plans.ts'
import { scenario } from '../../../src/scenario/scenario.ts'
import { runTrial } from '../../../src/scenario/trial.ts'
import { openAiChat } from '../../../src/wire/openai/openai-chat.ts'
import { policyService } from '../../../src/wire/policy-service.ts'
import { refundUrl, refunds } from '../../faults/_strike.ts'
import { sdk } from '../../wire/_play.ts'

const policyUrl = 'https://policy.test/v1/data/agent'

/** What an agent does with a call once the engine has said true, false, or nothing. */
type Rule = (allow: boolean | null, tool: string) => boolean

async function decision(tool: string, args: JsonObject): Promise<boolean | null> {
  try {
    const body = JSON.stringify({ input: { tool, arguments: args } })
    const answer = await fetch(policyUrl, { method: 'POST', body, signal: AbortSignal.timeout(2_000) })
    const { result } = (await answer.json()) as { result?: { allow?: unknown } }
    return answer.ok && typeof result?.allow === 'boolean' ? result.allow : null
  } catch {
    return null
  }
}

/** Asks the engine about each call, once more where it says nothing, and then does as its rule says. */
function governed(rule: Rule): Agent {
  return async ({ input }) => {
    const messages: OpenAI.ChatCompletionMessageParam[] = [{ role: 'user', content: input }]
    for (;;) {
      const { choices } = await sdk().chat.completions.create({ model: 'gpt-5', messages })
      const said = choices[0]?.message
      if (said?.tool_calls === undefined) return { answer: said?.content ?? null, stop: 'end_turn' }
      messages.push(said)
      for (const call of said.tool_calls) {
        if (call.type !== 'function') continue
        const { name, arguments: text } = call.function
        const args = JSON.parse(text) as JsonObject
        const allow = (await decision(name, args)) ?? (await decision(name, args))
        const content = rule(allow, name) ? await refund(text) : 'not allowed'
        messages.push({ role: 'tool', tool_call_id: call.id, content })
      }
    }
  }
}

async function refund(body: string): Promise<string> {
  return (await fetch(refundUrl, { method: 'POST', body })).text()
}

/** Two refunds, both of which the policy allows, and one that it does not. */
function desk(rule: () => Rule) {
  const orders = ['A-1', 'A-2', 'B-1']
  return scenario('refunds under a policy', {
    agent: () => governed(rule()),
    tasks: [{ id: 'refunds', input: 'Refund my orders.' }],
    upstreams: () => [
      openAiChat({
        script: ({ messages }) => {
          const orderId = orders[messages.filter(({ role }) => role === 'tool').length]
          return orderId === undefined
            ? { content: 'Done.' }
            : { toolCalls: [{ name: 'issue_refund', arguments: { orderId } }] }
        },
      }),
      policyService({ url: policyUrl, decide: ({ arguments: { orderId } }) => orderId !== 'B-1' }),
      refunds(),
    ],
    profile: { tools: { governed: ['issue_refund'] } },
    search: { trials: 300, faults: faults.swarm(faults.policyService.all()), properties: [properties.policy] },
  })
}

/** Searches three blocks for a violation of P8: the verdicts, and the smallest cause of the first one. */
async function search(rule: () => Rule) {
  const searched = desk(rule)
  const judge = judgeFor(searched)
  const verdicts = { holds: 0, violated: 0, vacuous: 0, 'not applicable': 0 }
  let first: number | null = null
  for (const block of [0, 1, 2]) {
    for (const [index, plan] of blockPlans(searched, 1, block).entries()) {
      const trial = block * 100 + index
      const { verdict = 'vacuous' } =
        (await runTrial({ scenario: searched, judge, seed: 1, trial, plan })).verdicts.get('P8') ?? {}
      verdicts[verdict] += 1
      if (verdict === 'violated') first ??= trial
    }
  }
  const finding =
    first === null
      ? null
      : await findSmallestCause(
          { scenario: searched, judge, seed: 1, trial: first, property: 'P8', onTurn: () => {} },
          'x',
        )
  return { verdicts, finding }
}

describe('an agent whose tools stand under a policy engine', () => {
  it('is clean over hundreds of failing, slow and wrong engines where it fails closed', async () => {
    const { verdicts } = await search(() => (allow) => allow === true)
    expect(verdicts).toMatchObject({ violated: 0, 'not applicable': 0 })
    // In the others the engine is permissive, or inverted, whenever it is asked what it should deny.
    expect(verdicts.holds).toBeGreaterThan(250)
  })

  it('is caught where it fails open, and the cause shrunk to one fault', async () => {
    const { finding } = await search(() => (allow) => allow !== false)
    expect(finding?.witness.sentence).toMatch(
      /^tool "issue_refund", which stands under a policy engine, was called .* but the engine had decided nothing/,
    )
    expect(finding?.plan.faults.map(describeFault)).toEqual([expect.stringContaining('of any policy')])
  })

  it('is caught where it reuses the answer about other arguments, and the cause shrunk to one fault', async () => {
    const { finding } = await search(() => {
      const known = new Set<string>()
      return (allow, tool) => {
        if (allow === true) known.add(tool)
        return allow ?? known.has(tool)
      }
    })
    expect(finding?.witness.sentence).toMatch(/with {"orderId":"[AB]-[12]"}, but the engine had decided nothing/)
    expect(finding?.plan.faults).toHaveLength(1)
  })
})

import { type Client, StreamableHTTPClientTransport } from '@modelcontextprotocol/client'
import type OpenAI from 'openai'
import type { Fault } from '../../src/contract/fault.ts'
import type { JsonObject } from '../../src/contract/json.ts'
import type { ProfileInput } from '../../src/contract/profile.ts'
import { faults } from '../../src/faults/faults.ts'
import { propertyById } from '../../src/properties/properties.ts'
import { judgeFor } from '../../src/scenario/finding.ts'
import { runRelatedTrial } from '../../src/scenario/related-trial.ts'
import { scenario } from '../../src/scenario/scenario.ts'
import type { ModelScript } from '../../src/wire/model-script.ts'
import { openAiChat } from '../../src/wire/openai/openai-chat.ts'
import type { Outcome } from '../../src/contract/outcome.ts'
import { sdk } from '../wire/_play.ts'
import { type Era, newClient, orders, ordersUrl } from '../wire/mcp/_orders.ts'

/** How the agent at the desk goes about its tools; each field is one decision. */
export interface Ways {
  readonly era?: Era
  /** Milliseconds after which a tool call is given up; absent: the client's own 60 s. */
  readonly toolMs?: number
  /** Times that each tool call is made, one after another or all at once. */
  readonly repeats?: number
  readonly atOnce?: boolean
  /** Whether it forgets what its first tools have done, and asks the model for that step once more. */
  readonly asksTwice?: boolean
  /** Tools that it will call; absent: whichever the model asks for. */
  readonly allowed?: readonly string[]
  /** The idempotency key that goes with everything it sends to the server. */
  readonly key?: string
  readonly claims?: (results: readonly string[]) => Outcome['claims']
}

export interface Desk extends Ways {
  readonly script?: ModelScript
  readonly profile?: ProfileInput
  readonly faults?: readonly Fault[]
}

/** Refunds the order, and says so. */
const refund: ModelScript = ({ messages }) =>
  messages.some(({ role }) => role === 'tool')
    ? { content: 'The order is refunded.' }
    : { toolCalls: [{ name: 'issue_refund', arguments: { orderId: 'A-1' } }] }

/** A plain loop on the official clients of OpenAI and of MCP. */
function agent(ways: Ways) {
  const model = sdk()
  return async ({ input }: { input: string }): Promise<Outcome> => {
    const client = newClient(ways.era ?? 'legacy')
    const headers: Record<string, string> = ways.key === undefined ? {} : { 'idempotency-key': ways.key }
    await client.connect(new StreamableHTTPClientTransport(new URL(ordersUrl), { requestInit: { headers } }))
    const { tools: listed } = await client.listTools()
    const tools = listed.map(({ name }) => ({ type: 'function' as const, function: { name } }))
    const messages: OpenAI.ChatCompletionMessageParam[] = [{ role: 'user', content: input }]
    const results: string[] = []
    for (let step = 0; step < 4; step++) {
      const { choices } = await model.chat.completions.create({ model: 'gpt-5', messages, tools })
      const said = choices[0]?.message
      if (said?.tool_calls === undefined) {
        const claims = ways.claims?.(results)
        return { answer: said?.content ?? null, stop: 'end_turn', ...(claims && { claims }) }
      }
      const before = [...messages]
      messages.push(said)
      for (const call of said.tool_calls) {
        if (call.type !== 'function') continue
        const { name, arguments: text } = call.function
        const content = ways.allowed?.includes(name) === false ? 'not allowed' : await called(client, name, text, ways)
        results.push(content)
        messages.push({ role: 'tool', tool_call_id: call.id, content })
      }
      if (ways.asksTwice === true && step === 0) messages.splice(0, messages.length, ...before)
    }
    return { answer: null, stop: 'max_steps' }
  }
}

async function called(client: Client, name: string, text: string, ways: Ways): Promise<string> {
  const args = JSON.parse(text) as JsonObject
  const once = (): Promise<string> =>
    client.callTool({ name, arguments: args }, ways.toolMs === undefined ? {} : { timeout: ways.toolMs }).then(
      ({ content }) => JSON.stringify(content),
      (error: unknown) => String(error),
    )
  const times = Array.from({ length: ways.repeats ?? 1 }, () => once)
  if (ways.atOnce === true) return (await Promise.all(times.map((call) => call()))).join()
  let said = ''
  for (const call of times) if (!said.startsWith('[')) said = await call()
  return said
}

/** What one property says of one trial at the desk: the sentence of its witness, or its verdict. */
export async function verdictAt(id: string, { script = refund, profile = {}, faults: planned = [], ...ways }: Desk) {
  const property = propertyById(id)
  if (property === undefined) throw new Error(`there is no property ${id}`)
  const desk = scenario(`an MCP desk judged by ${id}`, {
    agent: () => agent(ways),
    tasks: [{ id: 'refund', input: 'Refund order A-1.' }],
    upstreams: () => [openAiChat({ script }), orders()],
    profile,
    search: { trials: 1, faults: faults.swarm(faults.mcp().all()), properties: [property] },
  })
  const spec = { scenario: desk, judge: judgeFor(desk), seed: 1, trial: 0, plan: { faults: [...planned] }, keep: true }
  const { verdicts, events } = await runRelatedTrial(spec)
  const verdict = verdicts.get(id)
  return { events, verdict: verdict?.verdict === 'violated' ? verdict.witness.sentence : (verdict?.verdict ?? 'none') }
}

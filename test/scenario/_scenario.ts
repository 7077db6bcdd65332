import { sdk } from '../wire/_play.ts'
import type OpenAI from 'openai'
import type { Agent } from '../../src/contract/task.ts'
import type { TraceEvent } from '../../src/contract/event.ts'
import { faults } from '../../src/faults/faults.ts'
import { type DefinedProperty, defineProperty } from '../../src/properties/define-property.ts'
import { type Scenario, type ScenarioInput, scenario } from '../../src/scenario/scenario.ts'
import { openAiChat } from '../../src/wire/openai/openai-chat.ts'
import { toolBackend, toolResult } from '../../src/wire/tool-backend.ts'
import type { Upstream } from '../../src/wire/upstream.ts'

/** A model that looks an order up twice and answers, and the back end it looks it up in. */
export function orderUpstreams(): Upstream[] {
  return [
    openAiChat({
      script: ({ messages }) =>
        messages.filter(({ role }) => role === 'tool').length < 2
          ? { toolCalls: [{ name: 'look_up_order', arguments: { orderId: 'A-1' } }] }
          : { content: 'The order has been shipped.' },
    }),
    toolBackend({
      tool: 'look_up_order',
      method: 'GET',
      url: 'https://orders.test/orders/:orderId',
      handle: () => toolResult({ status: 'shipped' }),
    }),
  ]
}

/** A plain loop: two retries by the client, none for tools, and every failure told to the model. */
export function orderAgent(): Agent {
  const client = sdk({ maxRetries: 2, timeout: 20_000 })
  return async ({ input }) => {
    const messages: OpenAI.ChatCompletionMessageParam[] = [{ role: 'user', content: input }]
    for (let step = 0; step < 5; step++) {
      const completion = await client.chat.completions.create({ model: 'gpt-5', messages })
      const [choice] = completion.choices
      if (choice?.message.tool_calls === undefined) return { answer: choice?.message.content ?? null, stop: 'end_turn' }
      messages.push(choice.message)
      for (const { id } of choice.message.tool_calls) {
        const signal = AbortSignal.timeout(10_000)
        const content = await fetch('https://orders.test/orders/A-1', { signal }).then(
          (answer) => answer.text(),
          (error: unknown) => String(error),
        )
        messages.push({ role: 'tool', tool_call_id: id, content })
      }
    }
    return { answer: null, stop: 'max_steps' }
  }
}

/** A property that is violated once so many events of a trial answer a description. */
export function atMost(id: string, limit: number, isCounted: (event: TraceEvent) => boolean): DefinedProperty {
  const count = (state: { seen: number }, event: TraceEvent, violate: () => void): void => {
    if (isCounted(event) && ++state.seen > limit) violate()
  }
  return defineProperty({
    id,
    name: `test.${id}`,
    kind: 'safety',
    statement: `At most ${limit} such events.`,
    applies: 'always',
    start: () => ({ seen: 0 }),
    on: {
      'request.sent': (state, event, judge) =>
        count(state, event, () => judge.violate({ sentence: 'one too many', at: event.at, calls: [event.call] })),
      'response.end': (state, event, judge) =>
        count(state, event, () => judge.violate({ sentence: 'one too many', at: event.at, calls: [event.call] })),
    },
  })
}

export function orderScenario(change: Partial<ScenarioInput> & { properties?: DefinedProperty[] } = {}): Scenario {
  const { properties = [atMost('ANY', 0, () => true)], ...rest } = change
  return scenario('orders', {
    agent: orderAgent,
    tasks: [{ id: 'status', input: 'Where is order A-1?' }],
    upstreams: orderUpstreams,
    profile: {},
    search: {
      trials: 100,
      faults: faults.swarm(faults.provider.all(), faults.tool('*').all()),
      properties,
    },
    ...rest,
  })
}

import { faults, objectives, openAiChat, properties, scenario, toolBackend, toolResult } from 'shakedown'
import { createOrderDesk } from '../src/order-desk.ts'

export default scenario('order desk', {
  agent: () => createOrderDesk(),

  tasks: [
    {
      id: 'where-is-it',
      input: 'Where is order A-17?',
      grade: ({ outcome: { answer } }) => answer?.includes('shipped') || `it answered ${JSON.stringify(answer)}`,
    },
  ],

  upstreams: () => [
    openAiChat({
      script: ({ messages }) => {
        const result = messages.find(({ role }) => role === 'tool')
        if (result === undefined) return { toolCalls: [{ name: 'order_status', arguments: { order_id: 'A-17' } }] }
        return { content: result.text.startsWith('Error') ? 'I cannot say.' : 'It was shipped yesterday.' }
      },
    }),
    toolBackend({
      tool: 'order_status',
      method: 'POST',
      url: 'https://orders.example/status',
      handle: ({ arguments: { order_id } }) => toolResult({ order_id, status: 'shipped' }),
    }),
  ],

  profile: { maxSteps: 5 },

  search: {
    trials: 200,
    faults: faults.swarm(faults.provider.rateLimits(), faults.tool('order_status').failures()),
    properties: [properties.loop],
  },

  measure: {
    trials: 1_000,
    faults: { 'a shaky order service': [faults.tool('order_status').error({ rate: 0.2 })] },
    objectives: [objectives.taskSuccess(0.9)],
  },
})

import { faults, openAiChat, properties, scenario, toolBackend, toolResult } from 'shakedown'
import { createRefundAgent } from '../src/refund-agent.ts'

export default scenario('refund agent with a shaky payment service', {
  // Your agent, made afresh for each trial: given a task, it returns { answer, stop }.
  agent: () => createRefundAgent(),

  tasks: [
    {
      id: 'broken-pan',
      input: 'My pan arrived broken. Please refund order A-17.',
      grade: ({ effects }) => effects.some(({ key }) => key === 'refund:A-17') || 'order A-17 was not refunded',
    },
  ],

  // Everything it may call; any other host is refused. The model is scripted, here as a function of the conversation.
  upstreams: () => [
    openAiChat({
      script: ({ messages }) => {
        const result = messages.find(({ role }) => role === 'tool')
        if (result === undefined) return { toolCalls: [{ name: 'refund', arguments: { order_id: 'A-17' } }] }
        return {
          content: result.text.startsWith('Error') ? 'A colleague will look into it.' : 'The money is on its way.',
        }
      },
    }),
    toolBackend({
      tool: 'refund',
      method: 'POST',
      url: 'https://payments.example/refunds',
      handle: ({ arguments: { order_id }, applyEffect }) => {
        if (order_id !== 'A-17') return toolResult({ error: 'no such order' }, 404)
        applyEffect('refund:A-17', { order_id })
        return toolResult({ refunded: order_id })
      },
    }),
  ],

  // What the agent promises; the properties hold it to that.
  profile: { maxSteps: 5, tools: { effectful: ['refund'] } },

  search: {
    trials: 500,
    faults: faults.swarm(faults.provider.rateLimits(), faults.tool('refund').failures()),
    properties: [properties.loop, properties.effects.atMostOnce],
  },
})

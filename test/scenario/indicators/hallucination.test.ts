import { describe, expect, it } from 'vitest'
import type { Agent } from '../../../src/contract/task.ts'
import { openAiChat } from '../../../src/wire/openai/openai-chat.ts'
import { toolBackend, toolResult } from '../../../src/wire/tool-backend.ts'
import { sdk } from '../../wire/_play.ts'
import { measured, saying } from './_measured.ts'

/** Looks an order up and then says what the test wants it to have said. */
const lookingUp =
  (answer: string): Agent =>
  async () => {
    await fetch('https://orders.test/orders/A-1001')
    return { answer, stop: 'end_turn' }
  }

const upstreams = () => [
  openAiChat({ script: () => ({ content: 'The code is Z-99, I think.' }) }),
  toolBackend({
    tool: 'look_up_order',
    method: 'GET',
    url: 'https://orders.test/orders/:id',
    handle: () =>
      toolResult({
        order: 'A-1001',
        due: '2026-03-05T14:30:00Z',
        price_cents: 129_900,
        mail: 'me@shop.test',
        total: 4711,
      }),
  }),
]

async function verdictOn(
  agents: Readonly<Record<string, Agent>>,
  tasks?: { id: string; input: string; derivable?: string[] }[],
) {
  const { ofTasks, ofTrials } = await measured({ agents, upstreams, ...(tasks ? { tasks } : {}) })
  return { ...ofTasks.hallucination, claims: ofTrials.unsupportedClaims.map(({ claim }) => claim) }
}

describe('hallucination', () => {
  it.each([
    ['an identifier', 'Order A-1001 is on its way.'],
    ['the digits of one', 'Order 1001 is on its way.'],
    ['a day in other words', 'It comes on March 5th, 2026, at 14:30.'],
    ['a day in figures that can mean it', 'It comes on 05/03/2026.'],
    ['an amount kept in cents', 'That was $1,299.00, or 1.299,00 €.'],
    ['a number with other separators', 'The total is 4,711.'],
    ['an address', 'Write to ME@shop.test.'],
    ['what the user said', 'You asked for B-77.'],
  ])('is none where a tool or the user supports %s', async (_what, answer) => {
    const { good, bad } = await verdictOn({ task: lookingUp(answer) }, [{ id: 'task', input: 'Is it B-77?' }])
    expect({ good, bad }).toEqual({ good: { supported: 1 }, bad: {} })
  })

  it.each([
    ['identifier', 'Order A-1002 is on its way.', 'A-1002'],
    ['date', 'Order A-1001 comes on 2026-03-06.', '2026-03-06'],
    ['number', 'That was EUR 1,298.00.', 'EUR 1,298.00'],
    ['time', 'It comes at 15:30.', '15:30'],
    ['URL', 'See https://orders.test/A-1001.', 'https://orders.test/A-1001'],
    ['e-mail address', 'Write to you@shop.test.', 'you@shop.test'],
  ])('is an unsupported %s, which is told', async (kind, answer, claim) => {
    const { good, bad, claims } = await verdictOn({ task: lookingUp(answer) })
    expect({ good, bad, claims }).toEqual({ good: {}, bad: { [`unsupported ${kind}`]: 1 }, claims: [claim] })
  })

  it.each(['a', '1', '-', 'USD', '1.', 'a@', 'https://a;', '0 '])(
    'is looked for in good time in a megabyte of %j',
    async (filler) => {
      const answer = `${filler.repeat(1_000_000 / filler.length)} Z-99`
      const { claims } = await verdictOn({ task: lookingUp(answer) })
      expect(claims).toHaveLength(1)
    },
  )

  it('is nothing that can be checked where an answer has no claim, and is left out', async () => {
    const { trials, excluded } = await verdictOn({
      words: saying('1. It is on its way.\n2. Good.'),
      silent: saying(null),
    })
    expect({ trials, excluded }).toEqual({ trials: 0, excluded: { 'no checkable claim': 2 } })
  })

  it('is not supported by what the model itself said', async () => {
    const repeating: Agent = async () => {
      const client = sdk()
      const first = { role: 'user', content: 'The code?' } as const
      const reply = await client.chat.completions.create({ model: 'gpt-5', messages: [first] })
      const said = { role: 'assistant', content: reply.choices[0]?.message.content ?? '' } as const
      await client.chat.completions.create({ model: 'gpt-5', messages: [first, said, first] })
      return { answer: 'The code is Z-99.', stop: 'end_turn' }
    }
    expect((await verdictOn({ task: repeating })).bad).toEqual({ 'unsupported identifier': 1 })
  })

  it('is supported by instructions, by results handed to the model, and by what the task lists as derivable', async () => {
    const informed: Agent = async () => {
      await sdk().chat.completions.create({
        model: 'gpt-5',
        messages: [
          { role: 'system', content: 'Returns within 30 days.' },
          { role: 'user', content: 'How long?' },
          { role: 'assistant', tool_calls: [{ id: 'c', type: 'function', function: { name: 't', arguments: '{}' } }] },
          { role: 'tool', tool_call_id: 'c', content: '{"left":12}' },
        ],
      })
      return { answer: 'Within 30 days, 12 are left, EUR 39.40 in all.', stop: 'end_turn' }
    }
    const task = { id: 'task', input: 'How long?' }
    expect((await verdictOn({ task: informed }, [{ ...task, derivable: ['EUR 39.40'] }])).good).toEqual({
      supported: 1,
    })
    expect((await verdictOn({ task: informed }, [task])).claims).toEqual(['EUR 39.40'])
  })

  it('is an effect that is claimed and was not applied', async () => {
    const claiming =
      (key: string): Agent =>
      async () => {
        await fetch('https://refunds.test/refunds', { method: 'POST', body: '{}' })
        return { answer: 'Done.', stop: 'end_turn', claims: { effects: [key] } }
      }
    const refunds = toolBackend({
      tool: 'refund',
      method: 'POST',
      url: 'https://refunds.test/refunds',
      handle: ({ applyEffect }) => (applyEffect('refund:1', {}), toolResult({})),
    })
    const { ofTasks } = await measured({
      agents: { true: claiming('refund:1'), invented: claiming('refund:2') },
      upstreams: () => [refunds],
    })
    expect(ofTasks.hallucination).toMatchObject({ good: { supported: 1 }, bad: { 'unsupported effect': 1 } })
  })

  it('of an answer that was kept is that of the task which made it', async () => {
    let kept: string | null = null
    const keeping: Agent = async (task, options) => {
      kept ??= (await lookingUp('Order A-1001.')(task, options)).answer
      return { answer: kept, stop: 'end_turn' }
    }
    const { ofTasks } = await measured({
      agents: { task: keeping },
      upstreams,
      workload: { arrivals: [{ task: 'task' }, { task: 'task' }] },
      trials: 1,
    })
    expect(ofTasks.hallucination).toMatchObject({ good: { supported: 2 }, bad: {} })
  })
})

import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { shrinkConversation } from '../../../src/agent/memory/context-shrink.ts'
import type { Conversation } from '../../../src/agent/messages/conversation.ts'
import { asks, ok, overflow, says } from '../chat-replies.ts'
import { runAgent } from '../rig.ts'

const result = fc.oneof(
  fc.string({ maxLength: 40 }),
  fc.string({ minLength: 400, maxLength: 900, unit: 'binary' }),
  fc.json({ maxDepth: 4 }),
  fc
    .array(fc.constantFrom('"', '\\', '\n', '😀'), { minLength: 200, maxLength: 500 })
    .map((parts) => JSON.stringify(parts.join(''))),
)
const groups = fc.array(fc.array(result, { minLength: 1, maxLength: 4 }), { maxLength: 6 })

function conversationOf(resultsByGroup: readonly (readonly string[])[]): Conversation {
  return [
    { role: 'system', content: 'instructions' },
    { role: 'user', content: 'the question, verbatim' },
    ...resultsByGroup.flatMap((results, group): Conversation => {
      const ids = results.map((_, index) => `call_${group}_${index}`)
      return [
        {
          role: 'assistant',
          content: null,
          calls: ids.map((id) => ({ id, name: 'f', argumentsText: '{}' })),
          reasoning: [],
        },
        ...results.map((content, index) => ({ role: 'tool' as const, callId: ids[index] ?? '', content })),
      ]
    }),
  ]
}

function isPaired(conversation: Conversation): boolean {
  let open: string[] = []
  for (const message of conversation) {
    if (message.role === 'tool') {
      if (open.shift() !== message.callId) return false
    } else if (open.length > 0) return false
    if (message.role === 'assistant') open = message.calls.map(({ id }) => id)
  }
  return open.length === 0
}

describe('shrinking a conversation', () => {
  it('makes the body strictly smaller, keeps the pairing and the first two messages, until nothing is left to give', () => {
    fc.assert(
      fc.property(groups, (resultsByGroup) => {
        let conversation = conversationOf(resultsByGroup)
        for (let cuts = 0; ; cuts++) {
          const smaller = shrinkConversation(conversation)
          if (!smaller) return
          expect(JSON.stringify(smaller).length).toBeLessThan(JSON.stringify(conversation).length)
          expect(isPaired(smaller)).toBe(true)
          expect(smaller.slice(0, 2)).toEqual(conversation.slice(0, 2))
          expect(cuts).toBeLessThan(100)
          conversation = smaller
        }
      }),
    )
  })

  it('gives up the older half of the exchanges first and keeps the rest as it was', () => {
    const conversation = conversationOf([['oldest'], ['older', 'older'], ['newer'], ['newest']])
    expect(shrinkConversation(conversation)).toEqual([...conversation.slice(0, 2), ...conversation.slice(7)])
  })

  it('cuts the results of the last exchange with a marker, and what was JSON stays JSON', () => {
    const shorter = shrinkConversation(conversationOf([['x'.repeat(900), JSON.stringify({ text: 'y'.repeat(900) })]]))
    expect(shorter?.[3]?.content).toBe(`${'x'.repeat(300)}… [truncated]`)
    expect(JSON.parse(shorter?.[4]?.content as string)).toMatch(/^\{"text":"y+… \[truncated\]$/)
  })
})

describe('cutting a result', () => {
  const cut = (content: string) => {
    const conversation = conversationOf([[content]])
    const smaller = shrinkConversation(conversation)
    expect(JSON.stringify(smaller).length).toBeLessThan(JSON.stringify(conversation).length)
    return smaller?.[3]?.content as string
  }

  it('makes it shorter as sent, even where quoting doubles what is kept', () => {
    cut(JSON.stringify('"'.repeat(100) + 'x'.repeat(398)))
  })

  it('does not split a character', () => {
    expect(cut('x' + '😀'.repeat(300)).isWellFormed()).toBe(true)
    expect(cut('xx' + '😀'.repeat(300)).isWellFormed()).toBe(true)
  })
})

describe('an overflowing request', () => {
  const lookUp = asks([{ name: 'look_up_order', args: { orderId: 'A-1001' } }])

  it.each([
    ['by its code', overflow],
    ['by its words', ok400("This model's maximum context length is 8192 tokens. However, …", 'invalid_request_error')],
    ['as 413', { status: 413, body: '' }],
  ])('recognised %s is followed by a strictly smaller one', async (_case, refusal) => {
    const { outcome, model, messages } = await runAgent({
      model: [lookUp, refusal, says('Done.')],
      back: [ok({ notes: 'n'.repeat(2_000) })],
    })
    expect(outcome.stop).toBe('end_turn')
    expect(model.seen[2]?.text.length).toBeLessThan(model.seen[1]?.text.length ?? 0)
    expect(messages(2)[1]).toEqual(messages(1)[1])
  })

  it('is cut at most twice', async () => {
    const { outcome, model } = await runAgent({
      model: [lookUp, overflow, overflow, overflow, says('Done.')],
      back: [ok({ notes: 'n'.repeat(20_000) })],
    })
    expect(outcome).toEqual({ answer: null, stop: 'context_window_exceeded' })
    expect(model.seen).toHaveLength(4)
  })

  it('that lost the record of a refund does not lead to a second refund', async () => {
    const refund = (id: string) => asks([{ id, name: 'issue_refund', args: { orderId: 'A-1001' } }])
    const { back, results } = await runAgent({
      model: [refund('one'), lookUp, overflow, refund('two'), says('Done.')],
      back: [ok({ refunded: true }), ok({}), ok({ refunded: true })],
    })
    expect(back.seen.map(({ path }) => path)).toEqual(['/refunds', '/orders/A-1001'])
    expect(results().map(({ id }) => id)).toEqual(['call_1', 'two'])
  })
})

function ok400(message: string, code: string) {
  return { status: 400, body: JSON.stringify({ error: { message, type: 'invalid_request_error', param: null, code } }) }
}

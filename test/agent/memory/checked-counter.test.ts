import { describe, expect, it } from 'vitest'
import { checkedCounter } from '../../../src/agent/memory/checked-counter.ts'
import { openAiTokens } from '../../../src/agent/memory/token-counter.ts'
import type { TokenCounter } from '../../../src/agent/memory/token-counter.ts'
import { atTheDesk, callsOf } from '../_desk.ts'

const broken: Record<string, TokenCounter['request']> = {
  'one that throws': () => {
    throw new Error('no tokenizer')
  },
  'one that gives no number': () => NaN,
  'one that gives less than nothing': () => -1,
}

describe('a counter of the user', () => {
  it('is asked where it counts', () => {
    const counter = checkedCounter({ ...openAiTokens, text: () => 7 }, openAiTokens)
    expect(counter.text('one two three')).toBe(7)
  })

  it('is asked once where it does not', () => {
    let asked = 0
    const own: TokenCounter = { ...openAiTokens, text: () => (asked++, NaN) }
    const counter = checkedCounter(own, openAiTokens)
    expect([counter.text('one'), counter.text('two')]).toEqual(['one', 'two'].map((text) => openAiTokens.text(text)))
    expect(asked).toBe(1)
  })

  it.each(Object.entries(broken))('keeps no request from being sent: %s', async (_name, request) => {
    const context = { windowTokens: 8_000, counter: { ...openAiTokens, request } }
    const played = await atTheDesk({ options: { context } }, (ask) => ask())
    expect(played.value.stop).toBe('end_turn')
    expect(callsOf(played, 'primary')).toBe(1)
  })
})

import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { recalled } from '../../../src/agent/memory/recall.ts'
import { pageOf, ranked } from '../../../src/agent/memory/text-search.ts'
import type { Message } from '../../../src/agent/messages/message.ts'
import type { MessageRecord } from '../../../src/agent/store/records/message-record.ts'

const same = (text: string): string => text

describe('a search by words', () => {
  it('ranks different words first, then how often they stand there, then what is newer', () => {
    const texts = ['tea', 'tea tea', 'green tea', 'coffee', 'tea']
    expect(
      ranked(
        texts.map((text, at) => ({ text, at })),
        'GREEN Tea!',
        ({ text }) => text,
      ).map(({ at }) => at),
    ).toEqual([2, 1, 4, 0])
  })

  it('finds whole words, in any case and any form of their accents', () => {
    expect(ranked(['Cafe\u0301 au lait', 'cafés', 'ice'], 'CAFÉ', same)).toEqual(['Cafe\u0301 au lait'])
    expect(ranked(['order A-1001'], '1001', same)).toHaveLength(1)
  })

  it('finds every text that holds a word of the query, and no other', () => {
    const word = fc.constantFrom('one', 'two', 'three', 'four')
    const text = fc.array(word, { maxLength: 5 }).map((words) => words.join(' '))
    fc.assert(
      fc.property(fc.array(text), text, (texts, query) => {
        const wanted = query.split(' ').filter(Boolean)
        const expected = texts.filter((one) => one.split(' ').some((each) => wanted.includes(each)))
        expect(ranked(texts, query, same).toSorted()).toEqual(expected.toSorted())
      }),
    )
  })

  it('gives all in pages, each once', () => {
    fc.assert(
      fc.property(fc.array(fc.nat()), fc.integer({ min: 1, max: 7 }), (all, limit) => {
        const seen: number[] = []
        for (let offset: number | null = 0; offset !== null;) {
          const page: ReturnType<typeof pageOf<number>> = pageOf(all, offset, limit)
          expect(page.total).toBe(all.length)
          seen.push(...page.found)
          offset = page.nextOffset
        }
        expect(seen).toEqual(all)
      }),
    )
  })
})

describe('recalling messages', () => {
  const said = (message: Message, keptAtMs: number): MessageRecord => ({
    ...{ run: 'r', number: keptAtMs, position: null, message, keptAtMs },
  })
  const messages = [
    said({ role: 'system', content: 'tea' }, 0),
    said({ role: 'user', content: 'I like tea.' }, 1),
    said({ role: 'assistant', content: null, calls: [{ id: 'c', name: 'f', argumentsText: '{}' }], reasoning: [] }, 2),
    said({ role: 'tool', callId: 'c', content: 'tea' }, 3),
    said({ role: 'assistant', content: 'Tea it is.', calls: [], reasoning: [] }, 4),
    said({ role: 'user', content: 'They spoke of tea.', isSummary: true }, 5),
    said({ role: 'user', content: 'And cake.' }, 6),
  ]
  const texts = (query: object) => recalled(messages, { offset: 0, limit: 10, ...query }).found.map(({ text }) => text)

  it('finds what user and assistant said, and nothing else', () => {
    expect(texts({})).toEqual(['And cake.', 'Tea it is.', 'I like tea.'])
    expect(texts({ text: 'tea' })).toEqual(['Tea it is.', 'I like tea.'])
  })

  it('keeps to a range of time, its start included and its end not', () => {
    expect(texts({ fromMs: 1, beforeMs: 4 })).toEqual(['I like tea.'])
    expect(texts({ fromMs: 2, beforeMs: 7, text: 'tea cake' })).toEqual(['And cake.', 'Tea it is.'])
  })
})

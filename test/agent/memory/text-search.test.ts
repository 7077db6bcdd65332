import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { pageOf, ranked } from '../../../src/agent/memory/text-search.ts'

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

import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { visibleLine, visibleText } from '../../src/report/visible-text.ts'

describe('visibleText', () => {
  it('spells out controls, reversals of direction, hidden characters and odd line ends', () => {
    expect(visibleText('a\u001b[31m\u202Eb\u200B\u2028\u{E0041}\uD800')).toBe(
      'a⟨U+001B⟩[31m⟨U+202E⟩b⟨U+200B⟩⟨U+2028⟩⟨U+E0041⟩⟨U+D800⟩',
    )
  })

  it('spells out letters that are drawn as nothing, and no emoji', () => {
    expect(visibleText('a\u3164b\u115F\uFFA0\u034F\uFE01\u{E0100}')).toBe(
      'a⟨U+3164⟩b⟨U+115F⟩⟨U+FFA0⟩⟨U+034F⟩⟨U+FE01⟩⟨U+E0100⟩',
    )
    expect(visibleText('❤️ ✔︎')).toBe('❤️ ✔︎')
  })

  it('leaves lines, tabs and every script as they are', () => {
    expect(visibleText('eins\n\tzwei שלום 你好 👍')).toBe('eins\n\tzwei שלום 你好 👍')
  })

  it('changes nothing the second time', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        expect(visibleText(visibleText(text))).toBe(visibleText(text))
      }),
    )
  })
})

describe('visibleLine', () => {
  it('always gives one line', () => {
    expect(visibleLine('a\r\nb\tc')).toBe('a⟨U+000D⟩⟨U+000A⟩b⟨U+0009⟩c')
  })
})

import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { renderXml } from '../../src/report/xml.ts'
import { visibleLine, visibleText } from '../../src/report/visible-text.ts'
import { parseXml } from './_parse-xml.ts'

describe('renderXml', () => {
  it('writes one element a line and leaves text as it is', () => {
    const inner = { name: 'inner', attributes: { size: 2 }, content: 'two\n  lines & <more> "]]>"' }
    expect(renderXml({ name: 'outer', attributes: {}, content: [inner, { ...inner, content: [] }] })).toBe(
      [
        '<?xml version="1.0" encoding="UTF-8"?>',
        '<outer>',
        '  <inner size="2">two',
        '  lines &amp; &lt;more&gt; &quot;]]&gt;&quot;</inner>',
        '  <inner size="2"/>',
        '</outer>',
        '',
      ].join('\n'),
    )
  })

  it('spells out what XML forbids, because one such character costs the whole file', () => {
    const document = renderXml({ name: 'a', attributes: { b: '\u0000\uFFFF\n' }, content: '\u001b[31m\uD800\uFFFE' })
    expect(parseXml(document)).toMatchObject({
      attributes: { b: '⟨U+0000⟩⟨U+FFFF⟩⟨U+000A⟩' },
      text: '⟨U+001B⟩[31m⟨U+D800⟩⟨U+FFFE⟩',
    })
  })

  it('gives back any text and any attribute, the invisible spelled out', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), fc.string({ unit: 'binary' }), (value, text) => {
        const { attributes, text: read } = parseXml(renderXml({ name: 'a', attributes: { value }, content: text }))
        expect(attributes).toEqual({ value: visibleLine(value) })
        expect(read).toBe(visibleText(text))
      }),
      { numRuns: 2_000 },
    )
  })
})

it('the reader of these tests refuses what is not well-formed', () => {
  const head = '<?xml version="1.0" encoding="UTF-8"?>'
  for (const bad of ['<a>', '<a></b>', '<a>&nbsp;</a>', '<a x="1" x="2"/>', '<a/><b/>', '<a>\u0001</a>', '<a>]]></a>'])
    expect(() => parseXml(head + bad), bad).toThrow()
})

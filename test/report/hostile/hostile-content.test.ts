import { describe, expect, it } from 'vitest'
import { document, freeTexts } from './_document.ts'
import { faultsOf, harmless } from './_renderings.ts'
import { filled } from './_texts.ts'
import { holdHostile } from './_hold-hostile.ts'

describe('what agents, tools and scenarios write', () => {
  it('is text in every rendering, whatever it is and wherever it stands', { timeout: 900_000 }, async () => {
    await holdHostile(500)
  })

  it('stands in more places than anybody would think of', () => {
    expect(freeTexts).toBeGreaterThan(250)
  })
})

it('harmless words are found harmless, and every one that a page shows is looked for', async () => {
  const { told, fields } = filled(document, { texts: ['calm words'], long: null })
  const like = await harmless(told)
  expect(await faultsOf(told, fields, like)).toEqual([])
  expect(fields.filter((_text, field) => like.page.text.includes(`w${field}w `)).length).toBeGreaterThan(90)
  expect(
    await faultsOf(told, [...fields.slice(0, 2), ...fields.slice(2).map(() => 'w0w something else')], like),
  ).not.toEqual([])
})

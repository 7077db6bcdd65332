import { describe, expect, it } from 'vitest'
import { document, freeTexts } from './_document.ts'
import { faultsOf, harmless, inputOf } from './_renderings.ts'
import { calm, filled } from './_texts.ts'
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
  const { told, fields } = filled(document, calm)
  const like = await harmless(told)
  expect(await faultsOf(inputOf(told, fields, true), like)).toEqual([])
  expect(like.shownFields.size).toBeGreaterThan(90)
  const others = [...fields.slice(0, 2), ...fields.slice(2).map(() => 'w0w something else')]
  expect(await faultsOf(inputOf(told, others, false), like)).not.toEqual([])
})

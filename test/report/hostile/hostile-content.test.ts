import { describe, expect, it } from 'vitest'
import { document, freeTexts } from './_document.ts'
import { faultsOf, harmless, inputOf } from './_renderings.ts'
import { calm, filled, fillers } from './_texts.ts'
import { holdHostile } from './_hold-hostile.ts'

const like = await harmless(filled(document, calm).told)

describe('what agents, tools and scenarios write', () => {
  it('is text in every rendering, whatever it is and wherever it stands', { timeout: 900_000 }, async () => {
    await holdHostile(500)
  })

  // Any word of it that takes the square of a text's length would take hours.
  it.each(fillers)('is rendered and printed in good time where it is a megabyte of %j', async (filler) => {
    const { told, fields } = filled(document, { texts: calm.texts, long: { field: 2, filler } })
    expect(await faultsOf(inputOf(told, fields, false), like)).toEqual([])
  })

  it('has every link of its page where the name of a scenario is a megabyte', async () => {
    const { told, fields } = filled(document, { texts: calm.texts, long: { field: 7, filler: 'x' } })
    expect(await faultsOf(inputOf(told, fields, true), like)).toEqual([])
  })

  it('stands in more places than anybody would think of', () => {
    expect(freeTexts).toBeGreaterThan(250)
  })
})

it('harmless words are found harmless, and every one that a page shows is looked for', async () => {
  const { told, fields } = filled(document, calm)
  expect(await faultsOf(inputOf(told, fields, true), like)).toEqual([])
  expect(like.shownFields.size).toBeGreaterThan(90)
  const others = [...fields.slice(0, 2), ...fields.slice(2).map(() => 'w0w something else')]
  expect(await faultsOf(inputOf(told, others, false), like)).not.toEqual([])
})

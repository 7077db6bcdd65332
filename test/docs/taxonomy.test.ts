import { existsSync, readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { catalogue } from '../../src/faults/catalogue.ts'
import { renderTaxonomy, taxonomy, taxonomyDocUrl } from '../../tools/generate-taxonomy.ts'

const root = new URL('../../', import.meta.url)
const entries = taxonomy.flatMap((section) => Object.entries(section.entries))
const ids = new Set(catalogue.map(({ id }) => id))

describe.each(entries)('%s', (_id, { members = [], triggers = [], patterns = [], drills = [], argued = '' }) => {
  it('is brought about, or argued away', () => {
    const ways = [...members, ...triggers, ...patterns, ...drills]
    expect(ways.length > 0 || argued.length > 20).toBe(true)
    expect(argued).not.toContain('\n')
  })

  it('names members that there are, and drills that there are', () => {
    expect(members.filter((id) => !ids.has(id))).toEqual([])
    expect(drills.filter((path) => !existsSync(new URL(path, root)))).toEqual([])
  })
})

it('no entry stands twice', () => {
  expect(new Set(entries.map(([id]) => id)).size).toBe(entries.length)
})

it('every member of the catalogue is in an entry', () => {
  const named = new Set(entries.flatMap(([, { members = [] }]) => members))
  expect(catalogue.map(({ id }) => id).filter((id) => !named.has(id))).toEqual([])
})

it('the page says what the list says; run node tools/generate-taxonomy.ts', () => {
  expect(readFileSync(taxonomyDocUrl, 'utf8')).toBe(renderTaxonomy())
})

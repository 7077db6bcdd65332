import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { statistics } from '../../src/statistics/statistics.ts'

const page = readFileSync(join(import.meta.dirname, '../../docs/statistics.md'), 'utf8')

/** Its example, line by line: the call, and what the comment says that it returns. */
const shown = [...page.matchAll(/^statistics\.(\w+)\((.*?)\) \/\/ (.*?):/gm)].map(
  ([, name = '', given = '', says = '']) => ({
    name,
    given: JSON.parse(`[${given.replaceAll('_', '').replaceAll(/(\w+):/g, '"$1":')}]`) as unknown[],
    says,
  }),
)

describe('docs/statistics.md', () => {
  it('names every function that there is', () => {
    for (const name of Object.keys(statistics)) expect(page).toContain(`\`${name}\``)
  })

  it('shows four calls', () => expect(shown).toHaveLength(4))

  it.each(shown)('shows what $name returns', ({ name, given, says }) => {
    const call = statistics[name as keyof typeof statistics] as (...input: unknown[]) => unknown
    const found = call(...given)
    // Bounds are cut off after three decimals.
    const inWords = Array.isArray(found)
      ? `[${found.map((bound) => `${Math.floor(bound * 1_000) / 1_000}…`).join(', ')}]`
      : found
    expect(String(inWords)).toBe(says)
  })
})

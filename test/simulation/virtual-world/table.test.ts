import { readFileSync, readdirSync } from 'node:fs'
import { describe, expect, it } from 'vitest'

const page = readFileSync(new URL('../../../docs/virtual-world.md', import.meta.url), 'utf8')
const words = ['virtual', 'seeded', 'simulated', 'waited for', 'real', 'refused', 'outside']

interface Row {
  readonly source: string
  readonly word: string
  readonly title: string
  readonly file: string
}

const rows = page
  .split('\n')
  .filter((line) => line.startsWith('|') && !/^\| (Source|-+) /.test(line))
  .map((line): Row => {
    const [, source = '', word = '', , test = ''] = line.split(/(?<!\\)\|/).map((cell) => cell.trim())
    const [, title = '', file = ''] = /^\[(.+)\]\(\.\.\/test\/simulation\/virtual-world\/(.+)\)$/.exec(test) ?? []
    return { source, word, title, file }
  })

/** Titles of the tests in a file of this folder, as they are written. */
function titlesIn(file: string): string[] {
  const text = readFileSync(new URL(file, import.meta.url), 'utf8')
  return [...text.matchAll(/^ {2}it(?:\.\w+\([^\n]*?\))?\(\s*(['"`])(.+?)\1,/gm)].map(([, , title = '']) => title)
}

const files = readdirSync(new URL('.', import.meta.url)).filter((file) => file !== 'table.test.ts')
const tests = files.flatMap((file) => titlesIn(file).map((title) => `${file}: ${title}`))

describe('the table of docs/virtual-world.md', () => {
  it('has rows, each with one of the words that the page explains', () => {
    expect(rows.length).toBeGreaterThan(40)
    for (const { source, word } of rows) expect([source, words.includes(word)]).toEqual([source, true])
    for (const word of words) expect(page).toContain(`- **${word}**: `)
  })

  it('names a test for every row', () => {
    expect(rows.filter(({ file, title }) => !tests.includes(`${file}: ${title}`))).toEqual([])
  })

  it('has a row for every test', () => {
    const named = rows.map(({ file, title }) => `${file}: ${title}`)
    expect(tests.filter((test) => !named.includes(test))).toEqual([])
    expect(tests.length).toBeGreaterThan(40)
  })
})

import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'

const root = join(import.meta.dirname, '../..')
const page = readFileSync(join(root, 'docs/sre-examples.md'), 'utf8')
const rows = page.split('\n').filter((line) => line.startsWith('| ') && !/^\| (?:Example|-)/.test(line))
const shown = rows.map((row) => /`([\w/-]+\.test\.ts)` "(.+)" +\|$/.exec(row)?.slice(1) ?? [row])

describe('docs/sre-examples.md', () => {
  it('has the examples of both articles', () => expect(rows.length).toBeGreaterThan(15))

  it.each(shown)('names a test that is there: %s "%s"', (file, title) => {
    expect(readFileSync(join(root, 'test', file ?? ''), 'utf8')).toContain(`it('${title}'`)
  })
})

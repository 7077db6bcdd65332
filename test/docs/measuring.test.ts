import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { metrics } from '../../src/objectives/metric.ts'
import { objectives } from '../../src/objectives/objectives.ts'
import { readDeclarations } from '../../src/objectives/read-declarations.ts'

const folder = join(import.meta.dirname, '../../docs')
const page = readFileSync(join(folder, 'measuring.md'), 'utf8')

describe('docs/measuring.md', () => {
  it('shows a declaration that can be read', () => {
    const shown: unknown = JSON.parse(/```json\n(.*?)```/s.exec(page)?.[1] ?? '')
    expect(readDeclarations(shown, 'docs/measuring.md').version).toBe('1.1.0')
  })

  it('names every metric that can be declared and every objective', () => {
    for (const metric of metrics) expect(page).toContain(`\`${metric}\``)
    for (const objective of Object.keys(objectives)) expect(page).toContain(`\`objectives.${objective}(`)
  })

  it('links only files that are there', () => {
    const targets = [...page.matchAll(/\]\(([^)#]+)/g)].map(([, target = '']) => target)
    expect(targets.length).toBeGreaterThan(3)
    expect(targets.filter((target) => !existsSync(join(folder, target)))).toEqual([])
  })
})

import { cpSync, existsSync, mkdirSync, readFileSync, symlinkSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { scratchFolder } from '../cli/_shakedown.ts'
import { asShown, shownCommands, typist } from './_console-page.ts'

const root = join(import.meta.dirname, '../..')
const page = readFileSync(join(root, 'docs/ci-runs.md'), 'utf8')

describe('docs/ci-runs.md', () => {
  it('prints what it shows, command by command', { timeout: 900_000 }, () => {
    using project = scratchFolder()
    cpSync(join(root, 'examples/order-desk'), project.path, { recursive: true })
    mkdirSync(join(project.path, 'node_modules'))
    symlinkSync(join(root, 'node_modules/openai'), join(project.path, 'node_modules/openai'))
    const type = typist(project.path)
    const commands = shownCommands(page)
    expect(commands.length).toBeGreaterThanOrEqual(4)
    for (const { command, printed } of commands) {
      const seen = type(command).replaceAll(/(?<=: )\/\S+(?=\/(shards|reports)\/)/g, '…')
      expect(`$ ${command}\n${seen}`).toMatch(asShown(`$ ${command}\n${printed}`))
    }
  })

  it('links only files that are there', () => {
    const targets = [...page.matchAll(/\]\(([^)#]+)/g)].map(([, target = '']) => target)
    expect(targets.length).toBeGreaterThan(1)
    expect(targets.filter((target) => !existsSync(join(root, 'docs', target)))).toEqual([])
  })
})

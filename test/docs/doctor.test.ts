import { cpSync, existsSync, mkdirSync, readFileSync, symlinkSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { scratchFolder } from '../cli/_shakedown.ts'
import { asShown, everyDay, shownCommands, typist } from './_console-page.ts'

const root = join(import.meta.dirname, '../..')
const page = readFileSync(join(root, 'docs/doctor.md'), 'utf8')

describe('docs/doctor.md', () => {
  it('prints what it shows, and leaves no report', { timeout: 900_000 }, () => {
    using project = scratchFolder()
    cpSync(join(root, 'examples/order-desk'), project.path, { recursive: true })
    mkdirSync(join(project.path, 'node_modules'))
    symlinkSync(join(root, 'node_modules/openai'), join(project.path, 'node_modules/openai'))
    const type = typist(project.path)
    const commands = shownCommands(page)
    expect(commands.length).toBe(4)
    for (const { command, printed } of commands) {
      expect(everyDay(`$ ${command}\n${type(command)}`)).toMatch(asShown(`$ ${command}\n${printed}`))
    }
    expect(existsSync(join(project.path, 'reports'))).toBe(false)
  })

  it('links only files that are there', () => {
    const targets = [...page.matchAll(/\]\(([^)#]+)/g)].map(([, target = '']) => target)
    expect(targets.length).toBeGreaterThan(2)
    expect(targets.filter((target) => !existsSync(join(root, 'docs', target)))).toEqual([])
  })
})

import { spawnSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import process from 'node:process'
import { afterAll, beforeAll, expect, it } from 'vitest'

const program = resolve(import.meta.dirname, '../../tools/check-length.mjs')
let folder = ''

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'shakedown-length-'))
  mkdirSync(join(folder, 'report'))
  writeFileSync(join(folder, 'report', 'page.hbs'), 'line\n'.repeat(301))
  writeFileSync(join(folder, 'report', 'page.css'), 'line\n'.repeat(300))
  writeFileSync(join(folder, 'report', 'table.json'), 'line\n'.repeat(5_000))
})

afterAll(() => rmSync(folder, { recursive: true }))

it('names each file that is too long, templates included and data not', () => {
  const run = spawnSync(process.execPath, [program, folder], { cwd: folder, encoding: 'utf8' })
  expect(run.stderr).toBe('report/page.hbs has 301 lines and at most 300 are allowed: split it.\n')
  expect(run.status).toBe(1)
})

it('ends with 0 where every file is short enough', () => {
  rmSync(join(folder, 'report', 'page.hbs'))
  const run = spawnSync(process.execPath, [program, folder], { cwd: folder, encoding: 'utf8' })
  expect(run.stderr).toBe('')
  expect(run.status).toBe(0)
})

import { execFile } from 'node:child_process'
import { mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join, resolve } from 'node:path'
import process from 'node:process'
import { promisify } from 'node:util'
import { afterAll, describe, expect, it } from 'vitest'

const root = resolve(import.meta.dirname, '../..')
const folders: string[] = []

afterAll(async () => {
  for (const folder of folders) await rm(folder, { recursive: true })
})

/** Runs the repository's check over a small tree and lists what it reports as `rule: from → to`. */
async function violationsIn(files: Record<string, string>): Promise<string[]> {
  const folder = await mkdtemp(join(tmpdir(), 'shakedown-house-'))
  folders.push(folder)
  for (const [path, text] of Object.entries({ 'tsconfig.json': '{}', ...files })) {
    await mkdir(dirname(join(folder, path)), { recursive: true })
    await writeFile(join(folder, path), text)
  }
  await symlink(join(root, 'node_modules'), join(folder, 'node_modules'))
  const program = join(root, 'node_modules/dependency-cruiser/bin/dependency-cruiser.mjs')
  const config = join(root, '.dependency-cruiser.mjs')
  const { stdout } = await promisify(execFile)(
    process.execPath,
    [program, '--config', config, '--output-type', 'json', 'src'],
    { cwd: folder },
  ).catch((error: { stdout: string }) => error)
  const report: { summary: { violations: { rule: { name: string }; from: string; to: string }[] } } = JSON.parse(stdout)
  return report.summary.violations.map(({ rule, from, to }) => `${rule.name}: ${from} → ${to}`).sort()
}

describe('the order of the house', () => {
  it('lets rooms import upward, and the public list import the rooms', async () => {
    const found = await violationsIn({
      'src/contract/fault.ts': 'export const fault = 1',
      'src/wire/port.ts': "import { fault } from '../contract/fault.ts'\nexport const port = fault",
      'src/cli/main.ts': "import { port } from '../wire/port.ts'\nexport const main = port",
      'src/index.ts': "export { port } from './wire/port.ts'",
      'src/agent/loop.ts': 'export const loop = 1',
    })
    expect(found).toEqual([])
  })

  it('reports every import that the order forbids, type imports included', async () => {
    const found = await violationsIn({
      'src/contract/fault.ts': "import type { Port } from '../wire/port.ts'\nexport type Fault = Port",
      'src/wire/port.ts': 'export type Port = 1\nexport const port = 1',
      'src/wire/peek.ts': "export { loop } from '../agent/loop.ts'",
      'src/agent/loop.ts': "export { parse } from '../wire/parse.ts'\nexport const loop = 1",
      'src/wire/parse.ts': 'export const parse = 1',
      'src/runner/pool.ts': "export { page } from '../report/page.ts'\nexport const pool = 1",
      'src/report/page.ts': 'export const page = 1',
      'src/report/shortcut.ts': "export { port } from '../index.ts'",
      'src/report/helper.ts': "export { help } from '../attic/help.ts'",
      'src/report/helper-of-tests.ts': "export { fixture } from '../../test/fixture.ts'",
      'src/attic/help.ts': 'export const help = 1',
      'src/cli/main.ts': 'export const main = 1',
      'src/index.ts': "export { port } from './wire/port.ts'\nexport { main } from './cli/main.ts'",
      'test/fixture.ts': 'export const fixture = 1',
    })
    expect(found).toEqual([
      'house/agent-is-a-stranger: src/agent/loop.ts → src/wire/parse.ts',
      'house/contract-imports-upward-only: src/contract/fault.ts → src/wire/port.ts',
      'house/known-rooms-only: src/report/helper.ts → src/attic/help.ts',
      'house/no-way-round-the-rooms: src/report/helper-of-tests.ts → test/fixture.ts',
      'house/no-way-round-the-rooms: src/report/shortcut.ts → src/index.ts',
      'house/nobody-knows-the-agent: src/wire/peek.ts → src/agent/loop.ts',
      'house/public-list-is-no-program: src/index.ts → src/cli/main.ts',
      'house/runner-imports-upward-only: src/runner/pool.ts → src/report/page.ts',
    ])
  })

  it('reports a cycle inside a room', async () => {
    const found = await violationsIn({
      'src/wire/one.ts': "import { two } from './two.ts'\nexport const one = () => two",
      'src/wire/two.ts': "import { one } from './one.ts'\nexport const two = () => one",
    })
    expect(found).toEqual(['no-cycles: src/wire/one.ts → src/wire/two.ts'])
  })

  it('reports an import that users of the package would not have', async () => {
    const found = await violationsIn({
      'package.json': JSON.stringify({ devDependencies: { axios: '*' }, dependencies: { zod: '*' } }),
      'src/wire/one.ts': "import axios from 'axios'\nimport { z } from 'zod'\nexport const one = [axios, z]",
    })
    expect(found).toEqual([expect.stringContaining('no-development-dependencies: src/wire/one.ts → ')])
  })
})

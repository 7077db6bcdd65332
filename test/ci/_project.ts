import { execFileSync } from 'node:child_process'
import { chmodSync, cpSync, mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { scratchFolder } from '../cli/_shakedown.ts'

const root = join(import.meta.dirname, '../..')
const main = join(root, 'src/cli/main.ts')
const flags = ['--conditions=shakedown-source', '--disable-warning=ExperimentalWarning']

/**
 * A project with a lockfile from which `npm ci` installs a package `shakedown`, without any network: a folder whose
 * program is the one of this repository.
 */
export function ciProject(): Disposable & { readonly path: string; readonly scratch: string } {
  const scratch = scratchFolder()
  const path = join(scratch.path, 'project')
  const tool = join(path, 'shakedown')
  mkdirSync(tool, { recursive: true })
  mkdirSync(join(path, 'scenarios'))
  cpSync(join(root, 'test/fixtures/compared/desk.scenario.ts'), join(path, 'scenarios/desk.scenario.ts'))
  writeFileSync(
    join(path, 'harness.config.ts'),
    `import { defineConfig } from 'shakedown'\nexport default defineConfig({ vacuous: 'allow' })\n`,
  )
  writeFileSync(
    join(tool, 'shakedown'),
    `#!/bin/sh\nexec ${[process.execPath, ...flags, main].map((word) => `'${word}'`).join(' ')} "$@"\n`,
  )
  chmodSync(join(tool, 'shakedown'), 0o755)
  writeJson(join(tool, 'package.json'), { name: 'shakedown', version: '0.1.0', bin: 'shakedown' })
  writeJson(join(path, 'package.json'), { name: 'project', dependencies: { shakedown: 'file:shakedown' } })
  execFileSync('npm', ['install', '--package-lock-only', '--offline', '--no-audit'], { cwd: path, stdio: 'ignore' })
  return { path, scratch: scratch.path, [Symbol.dispose]: () => scratch[Symbol.dispose]() }
}

function writeJson(path: string, content: unknown): void {
  writeFileSync(path, `${JSON.stringify(content, null, 2)}\n`)
}

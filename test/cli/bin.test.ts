import { spawnSync } from 'node:child_process'
import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { resultsIn, scratchFolder } from './_shakedown.ts'

const root = join(import.meta.dirname, '../..')

it('runs the sources in the repository itself, so that the replay line of a report works there', () => {
  using folder = scratchFolder()
  const shakedown = (...args: readonly string[]) =>
    spawnSync(process.execPath, [join(root, 'bin/shakedown.js'), ...args], {
      cwd: join(root, 'examples/refund-agent'),
      // The conditions must come from the command alone.
      env: { PATH: process.env['PATH'], HOME: process.env['HOME'], NO_COLOR: '1' },
      encoding: 'utf8',
    })
  expect(shakedown('run', '--trials', '100', '--out', folder.path).status).toBe(1)
  const token = resultsIn(folder.path).scenarios[0]?.findings[0]?.token ?? ''
  const { status, stdout } = shakedown('replay', token)
  expect(stdout).toContain('The trace is the one of the report.')
  expect(status).toBe(1)
}, 180_000)

it('keeps what it compiled for the next start, which is a third of it', () => {
  using folder = scratchFolder()
  const { status } = spawnSync(process.execPath, [join(root, 'bin/shakedown.js'), '--version'], {
    env: { PATH: process.env['PATH'], TMPDIR: folder.path },
  })
  expect(status).toBe(0)
  expect(readdirSync(join(folder.path, 'shakedown-compile-cache'))).toHaveLength(1)
})

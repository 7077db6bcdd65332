import { spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it, vi } from 'vitest'
import { type Watching, listenTo, ofAPerson, program, watchedProject } from './_watching.ts'

vi.setConfig({ testTimeout: 240_000 })

/** script(1) of util-linux gives a program a terminal; that of macOS takes other flags. */
const hasScript = spawnSync('script', ['--version'], { encoding: 'utf8' }).stdout?.includes('util-linux') ?? false

/** Watches on a terminal of its own, which says afterwards how the program ended and what mode it was left in. */
function watchOnTerminal(folder: string, ...args: string[]): Watching {
  const command = [...program, 'run', '--watch', ...args].map((word) => `'${word}'`).join(' ')
  return listenTo(
    spawn('script', ['-qec', `stty columns 120 rows 40; ${command}; echo "ended with $?"; stty -a`, '/dev/null'], {
      cwd: folder,
      env: { ...ofAPerson(), TERM: 'xterm', SHELL: '/bin/bash' },
      stdio: ['pipe', 'pipe', 'inherit'],
    }),
  )
}

const waiting = 'h for help, q to quit.'

describe.skipIf(!hasScript)('a watch on a terminal', () => {
  it('does what single keys say, and gives the terminal back', async () => {
    using project = watchedProject()
    const { path } = project
    await using watching = watchOnTerminal(path)
    const type = (keys: string): boolean => watching.child.stdin?.write(keys) ?? false
    await watching.until(waiting)

    type('f')
    await watching.until('Nothing failed in the last run.')
    type('h')
    expect(await watching.until('Ctrl-C ends at once')).toContain('run those that did not pass')
    // An arrow is no key of a watch, although the code of "up" ends in an A.
    type('\u001b[A')
    type('a')
    expect(await watching.until(waiting)).toContain('Running 2 scenarios.')

    const words = join(path, 'words.ts')
    const whole = readFileSync(words, 'utf8')
    writeFileSync(words, whole.replace('shipped', 'lost'))
    expect(await watching.until(waiting)).toContain('Changed: words.ts.')
    type('\r')
    expect(await watching.until(waiting)).toContain('Running 1 of 2 scenarios')
    type('a')
    expect(await watching.until(waiting)).toContain('Running 2 scenarios.')
    type('f')
    const failed = await watching.until(waiting)
    expect(failed).toContain('Running 1 of 2 scenarios')
    expect(failed).toContain('FAIL: 1 failed fault-free run in 1 scenario')

    type('q')
    expect(await watching.until('ended with 0')).not.toContain('^C')
    const [code] = (await once(watching.child, 'close')) as [number]
    expect(code).toBe(0)
    expect(watching.said()).toMatch(/(?<!-)icanon/)
    expect(watching.said()).toMatch(/(?<!-)echo\b/)
  })

  it('ends at once by Ctrl-C in the middle of a run, and gives the terminal back', async () => {
    using project = watchedProject()
    const { path } = project
    await using watching = watchOnTerminal(path, '--trials', '1000000')
    await watching.until(' of 1,000,000')
    watching.child.stdin?.write('\u0003')
    // 128 and the number of SIGINT.
    await watching.until('ended with 130')
    await once(watching.child, 'close')
    expect(watching.said()).toMatch(/(?<!-)icanon/)
    expect(watching.said()).toMatch(/(?<!-)echo\b/)
    expect(existsSync(join(path, 'reports/latest.lock'))).toBe(false)
  })

  it('ends in the middle of a run by q', async () => {
    using project = watchedProject()
    const { path } = project
    await using watching = watchOnTerminal(path, '--trials', '1000000')
    await watching.until(' of 1,000,000')
    watching.child.stdin?.write('q')
    await watching.until('ended with 0')
    expect(existsSync(join(path, 'reports/latest'))).toBe(false)
  })
})

import { spawnSync } from 'node:child_process'
import { readFileSync, readdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { expect, it, vi } from 'vitest'
import { fixture, scratchFolder, shakedown } from './_shakedown.ts'

// Every test starts processes, which a busy machine takes its time for.
vi.setConfig({ testTimeout: 180_000 })

const main = fileURLToPath(new URL('../../src/cli/main.ts', import.meta.url))
const flags = ['--conditions=shakedown-source', '--disable-warning=ExperimentalWarning']

/** The exit code of `shakedown`, as a shell sees it, where nobody reads what it prints, and what it complains of. */
function unread(pipe: '|' | '|&', ...args: readonly string[]): { code: number; stderr: string } {
  const script = `"$@" ${pipe} true; exit "\${PIPESTATUS[0]}"`
  const command = ['bash', process.execPath, ...flags, main, ...args]
  const { status, stderr } = spawnSync('bash', ['-c', script, ...command], { encoding: 'utf8' })
  return { code: status ?? -1, stderr }
}

it.each(['list faults', 'list faults --json', 'list properties', '--help'])(
  'a reader that hangs up ends `shakedown %s` quietly',
  (line) => {
    const { code, stderr } = unread('|', ...line.split(' '))
    expect(stderr).toBe('')
    // What a shell tells of a program that SIGPIPE has ended; help is printed in one go, and ends by itself.
    expect(code).toBe(line === '--help' ? 0 : 141)
  },
)

it('a run whose progress nobody reads ends and leaves its folder to the next', () => {
  using folder = scratchFolder()
  const out = join(folder.path, 'report')
  const { code, stderr } = unread('|&', 'run', '--config', fixture('tiny'), '--out', out)
  expect([code, stderr]).toEqual([141, ''])
  // What it had finished is kept for --resume, as of any run that is ended.
  expect(readdirSync(folder.path)).toEqual(['report.work'])
  const next = shakedown(['run', '--config', fixture('tiny'), '--out', out])
  expect(next.exitCode, next.stderr).not.toBe(2)
  expect(readdirSync(folder.path)).toEqual(['report'])
})

it('a shim whose client has gone still writes down what there was', () => {
  using folder = scratchFolder()
  const [plan, trace] = ['plan.json', 'trace.jsonl'].map((name) => join(folder.path, name))
  writeFileSync(plan ?? '', '{"faults":[]}')
  const server = ['--', process.execPath, '-e', 'console.log("{}"); process.exitCode = 7']
  const { code, stderr } = unread('|', 'mcp-shim', '--plan', plan ?? '', '--trace', trace ?? '', ...server)
  expect([code, stderr]).toEqual([7, ''])
  expect(readFileSync(trace ?? '', 'utf8')).toBe('')
})

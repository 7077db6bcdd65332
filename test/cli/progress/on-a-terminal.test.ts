import { type ChildProcess, spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it, vi } from 'vitest'
import { fixture, scratchFolder } from '../_shakedown.ts'
import { type FakeTerminal, fakeTerminal } from './_terminal.ts'

vi.setConfig({ testTimeout: 180_000 })

const main = join(import.meta.dirname, '../../../src/cli/main.ts')
const flags = ['--conditions=shakedown-source', '--disable-warning=ExperimentalWarning']
/** script(1) of util-linux gives a program a terminal; that of macOS takes other flags. */
const hasScript = spawnSync('script', ['--version'], { encoding: 'utf8' }).stdout?.includes('util-linux') ?? false

/** Runs `shakedown run` on a terminal of its own; what it shows is written to the fake one. */
function runOnTerminal(terminal: FakeTerminal, args: readonly string[], env: Readonly<Record<string, string>> = {}) {
  const { CI: _ci, NO_COLOR: _noColour, FORCE_COLOR: _forceColour, ...inherited } = process.env
  const command = [process.execPath, ...flags, main, 'run', ...args].map((word) => `'${word}'`).join(' ')
  const size = `stty columns ${terminal.columns} rows ${terminal.rows}`
  const child = spawn('script', ['-qec', `${size}; exec ${command}`, '/dev/null'], {
    env: { ...inherited, TERM: 'xterm', SHELL: '/bin/sh', ...env },
    stdio: ['pipe', 'pipe', 'inherit'],
  })
  let written = ''
  child.stdout.on('data', (data: Buffer) => {
    written += data.toString()
    terminal.write(data.toString())
  })
  return { child, written: () => written }
}

function tiny(out: string, trials: number): string[] {
  return ['tiny.scenario', '--trials', String(trials), '--config', fixture('tiny'), '--out', out]
}

async function until(child: ChildProcess, isThere: () => boolean): Promise<void> {
  while (!isThere()) await once(child.stdout ?? child, 'data')
}

describe.skipIf(!hasScript)('a run on a terminal', () => {
  it('leaves its table and the closing text, each once', async () => {
    using folder = scratchFolder()
    const terminal = fakeTerminal(80, 40)
    const { child, written } = runOnTerminal(terminal, tiny(join(folder.path, 'report'), 200))
    const [code] = (await once(child, 'close')) as [number]
    const lines = terminal.lines()
    expect(code).toBe(1)
    expect(lines[0]).toBe('tiny')
    expect(lines[1]).toMatch(/^ {2}search {2}█{16} {2}200 of 200 {2}[\d.,]+\/s {2}in \d.* {2}violated: L2$/)
    expect(lines[2]).toBe('FAIL: 1 finding in 1 scenario')
    expect(terminal.isCursorShown()).toBe(true)
    expect(written()).toContain('\u001b[?25l')
    const finding = lines.slice(lines.findIndex((line) => line.startsWith('L2 ')))
    // What is copied is never broken by the program; a terminal of 80 columns shows it in several lines.
    expect(finding.findIndex((line) => line.startsWith('  npx shakedown replay'))).toBeLessThan(10)
  })

  it('shows the cursor again when Ctrl-C ends it, and gives up its claim', async () => {
    using folder = scratchFolder()
    const terminal = fakeTerminal(80, 40)
    const out = join(folder.path, 'report')
    const { child } = runOnTerminal(terminal, tiny(out, 1_000_000))
    await until(child, () => terminal.lines().some((line) => line.includes(' of 1,000,000')))
    expect(terminal.isCursorShown()).toBe(false)
    child.stdin.write('\u0003')
    await once(child, 'close')
    expect(terminal.isCursorShown()).toBe(true)
    expect(terminal.lines()[1]).toMatch(/^ {2}search {2}[█░]{16} /)
    expect(existsSync(`${out}.lock`)).toBe(false)
  })

  it('shows the cursor again when the run ends with an error', async () => {
    using folder = scratchFolder()
    const terminal = fakeTerminal(80, 40)
    const args = ['exhausted', '--config', fixture('broken'), '--out', join(folder.path, 'report')]
    const { child, written } = runOnTerminal(terminal, args)
    const [code] = (await once(child, 'close')) as [number]
    expect(code).toBe(2)
    expect(written()).toContain('\u001b[?25l')
    expect(terminal.isCursorShown()).toBe(true)
    expect(terminal.lines().join('')).toContain('shakedown: the script of model "openai" has 1 reply')
  })

  it('is told in lines where the terminal is dumb', async () => {
    using folder = scratchFolder()
    const terminal = fakeTerminal(80, 40)
    const { child, written } = runOnTerminal(terminal, tiny(join(folder.path, 'report'), 100), { TERM: 'dumb' })
    await once(child, 'close')
    expect(written()).not.toContain('\u001b')
    expect(written()).toContain('tiny: 100 of 100 trials')
  })
})

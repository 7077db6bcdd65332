import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { fixture, scratchFolder } from './_shakedown.ts'

const main = join(import.meta.dirname, '../../src/cli/main.ts')
const flags = ['--conditions=shakedown-source', '--disable-warning=ExperimentalWarning']

it.each(['SIGINT', 'SIGTERM'] as const)(
  'a run that %s ends gives up its claim on the report folder',
  { timeout: 180_000 },
  async (signal) => {
    using folder = scratchFolder()
    const out = join(folder.path, 'report')
    const args = ['run', 'tiny', '--trials', '1000000', '--config', fixture('tiny'), '--out', out]
    const run = spawn(process.execPath, [...flags, main, ...args], { stdio: ['ignore', 'ignore', 'pipe'] })
    await once(run.stderr, 'data')
    expect(existsSync(`${out}.lock`)).toBe(true)
    run.kill(signal)
    const [code, endedBy] = await once(run, 'exit')
    expect([code, endedBy]).toEqual([null, signal])
    expect(existsSync(`${out}.lock`)).toBe(false)
    expect(existsSync(out)).toBe(false)
  },
)

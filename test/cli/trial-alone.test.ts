import { spawnSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { expect, it } from 'vitest'

const script = fileURLToPath(new URL('_trial-hash.ts', import.meta.url))
const flags = ['--conditions=shakedown-source', '--disable-warning=ExperimentalWarning']

function trialHash(how: 'alone' | 'after', trial: number): string {
  const { stdout, stderr } = spawnSync(process.execPath, [...flags, script, how, String(trial)], { encoding: 'utf8' })
  expect(stderr).toBe('')
  return stdout
}

// 199: as many came before it as can, and its block is not the first.
it.each([99, 142, 199])(
  'trial %i alone equals the same trial after the others of its block',
  { timeout: 180_000 },
  (trial) => {
    const alone = trialHash('alone', trial)
    expect(alone).toMatch(/^[0-9a-f]{64}$/)
    expect(trialHash('after', trial)).toBe(alone)
  },
)

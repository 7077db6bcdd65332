// Runs the tests over data that is not in the repository: `SHAKEDOWN_DATA=<folder> npm run test:data`. Without the
// folder it says in one line that they were not run, and ends well.
import { spawnSync } from 'node:child_process'
import process from 'node:process'
import { fileURLToPath } from 'node:url'

if (process.env['SHAKEDOWN_DATA']) {
  const vitest = fileURLToPath(new URL('../node_modules/vitest/vitest.mjs', import.meta.url))
  const args = [vitest, 'run', '--config', 'vitest.data.config.ts', ...process.argv.slice(2)]
  process.exitCode = spawnSync(process.execPath, args, { stdio: 'inherit' }).status ?? 1
} else {
  process.stdout.write('Tests over recorded runs: not run: SHAKEDOWN_DATA is not set.\n')
}

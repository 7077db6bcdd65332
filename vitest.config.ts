import { availableParallelism, tmpdir } from 'node:os'
import { join } from 'node:path'
import process from 'node:process'
import { defaultServerConditions } from 'vite'
import { configDefaults, defineConfig } from 'vitest/config'
import { needed, supports } from './tools/supported-node.mjs'

if (!supports(process.version)) {
  throw new Error(
    `Tests need Node ${needed}, and this is ${process.version}: run them with npm test, which fetches one.`,
  )
}

// `import 'shakedown'` means the sources, in tests as in scenario files.
const conditions = [...defaultServerConditions, 'shakedown-source']

/** What `npm test` runs; the large counts and the browser have configurations of their own. */
export default defineConfig({
  resolve: { conditions },
  ssr: { resolve: { conditions } },
  test: {
    include: ['test/**/*.test.ts'],
    exclude: [...configDefaults.exclude, 'test/soak/**', 'test/browser/**', 'test/package/**', 'test/data/**'],
    setupFiles: ['test/_property-seed.ts', 'test/_for-people.ts'],
    pool: 'forks',
    // For the commands that tests start, as bin/shakedown.js has it.
    env: { NODE_COMPILE_CACHE: join(tmpdir(), 'shakedown-compile-cache') },
    // One more than there are cores, since files that start processes wait for them. Vitest would leave a core for itself.
    maxWorkers: availableParallelism() + 1,
    // For tests that hang, and far above what any takes: no test waits on purpose, and machines are slow and busy.
    testTimeout: 300_000,
    hookTimeout: 300_000,
    execArgv: ['--conditions=shakedown-source', '--disable-warning=ExperimentalWarning'],
  },
})

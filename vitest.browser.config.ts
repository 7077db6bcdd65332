import { configDefaults, defineConfig } from 'vitest/config'
import everyday from './vitest.config.ts'

/** Reports opened in a real Chromium, one page at a time. */
export default defineConfig({
  ...everyday,
  test: {
    ...everyday.test,
    include: ['test/browser/**/*.test.ts'],
    exclude: configDefaults.exclude,
    passWithNoTests: true,
    fileParallelism: false,
    testTimeout: 60_000,
  },
})

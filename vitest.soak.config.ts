import { configDefaults, defineConfig } from 'vitest/config'
import everyday from './vitest.config.ts'

/** The large counts: hours are allowed, so nothing here times out, and every run draws anew. */
export default defineConfig({
  ...everyday,
  test: {
    ...everyday.test,
    include: ['test/soak/**/*.test.ts'],
    exclude: configDefaults.exclude,
    setupFiles: [],
    testTimeout: 0,
    hookTimeout: 0,
  },
})

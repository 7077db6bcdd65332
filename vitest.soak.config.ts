import { configDefaults, defineConfig } from 'vitest/config'
import everyday from './vitest.config.ts'

/** The large counts: hours are allowed, so nothing here times out. */
export default defineConfig({
  ...everyday,
  test: {
    ...everyday.test,
    include: ['test/soak/**/*.test.ts'],
    exclude: configDefaults.exclude,
    testTimeout: 0,
    hookTimeout: 0,
  },
})

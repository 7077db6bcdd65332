import { configDefaults, defineConfig } from 'vitest/config'
import everyday from './vitest.config.ts'

/** The published form, packed and installed as a user would: slow, because it builds and needs the registry. */
export default defineConfig({
  ...everyday,
  test: {
    ...everyday.test,
    include: ['test/package/**/*.test.ts'],
    exclude: configDefaults.exclude,
    fileParallelism: false,
    testTimeout: 180_000,
  },
})

import { configDefaults, defineConfig } from 'vitest/config'
import everyday from './vitest.config.ts'

/** Tests over data that is not in the repository; tools/test-data.mjs starts them where SHAKEDOWN_DATA names its folder. */
export default defineConfig({
  ...everyday,
  test: { ...everyday.test, include: ['test/data/**/*.test.ts'], exclude: configDefaults.exclude },
})

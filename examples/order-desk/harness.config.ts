import { defineConfig } from 'shakedown'

export default defineConfig({ scenarios: ['scenarios/**/*.scenario.ts'] })

import { defineConfig } from 'shakedown'

export default defineConfig({ scenarios: ['*/*.scenario.ts'], vacuous: 'allow' })

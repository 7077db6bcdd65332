import { defineConfig } from 'shakedown'

// The agents that ship with Shakedown; libraries.config.ts is for those that others wrote.
export default defineConfig({
  scenarios: ['scenarios/{plain-loop,resilience,support,whole-agent}/*.scenario.ts'],
  out: 'reports/latest',
  seed: 1,
})

import { defineConfig } from 'shakedown'

// Breakers and agent loops that others wrote; docs/findings tells what was found in them.
export default defineConfig({
  scenarios: ['scenarios/{ai-sdk,anthropic,breakers,openai-agents}/*.scenario.ts'],
  out: 'reports/libraries',
  seed: 1,
})

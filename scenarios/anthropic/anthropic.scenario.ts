import { scenario } from 'shakedown'
import { acceptedFor } from '../accepted-for.ts'
import { frameworkSearch } from '../ai-sdk/framework-day.ts'
import { createAnthropicAgent } from './anthropic-agent.ts'
import { anthropicDay, anthropicProfile } from './anthropic-day.ts'

export default scenario('Anthropic SDK on a bad day', {
  ...anthropicDay,
  agent: () => createAnthropicAgent('whole'),
  profile: anthropicProfile,
  search: frameworkSearch,
  accepted: acceptedFor(
    'retries-of-a-spent-quota',
    'the Anthropic client repeats every 429, also one that says that the spend limit is reached',
    ['R3'],
  ),
})

import { scenario } from 'shakedown'
import { acceptedFor } from '../accepted-for.ts'
import { streamingSearch } from '../ai-sdk/framework-day.ts'
import { createAnthropicAgent } from './anthropic-agent.ts'
import { anthropicDay, anthropicProfile } from './anthropic-day.ts'

export default scenario('Anthropic SDK with streams', {
  ...anthropicDay,
  agent: () => createAnthropicAgent('stream'),
  profile: anthropicProfile,
  // Z5 reads what follows the end of OpenAI's chunks alone.
  search: { ...streamingSearch, properties: streamingSearch.properties.filter(({ id }) => id !== 'Z5') },
  accepted: acceptedFor(
    'retries-of-a-spent-quota',
    'the Anthropic client repeats every 429, also one that says that the spend limit is reached',
    ['R3'],
  ),
})

import type { FaultWords } from './predicate.ts'

const limited = 'is answered 429 rate_limit_exceeded'

export const limitWords: FaultWords = {
  'openai.429.tpm': ({ span }) => `${limited} for its tokens per minute, to be retried after ${span('waitMs')}`,
  'openai.429.rpm': ({ span }) => `${limited} for its requests per minute, to be retried after ${span('waitMs')}`,
  'openai.429.bare': () => `${limited} without any hint how long to wait`,
  'openai.429.quota': () => 'is answered 429 insufficient_quota',
  'openai.429.billing': ({ text }) => `is answered 429 insufficient_quota with the code ${text('code')}`,
  'openai.429.slow_down': () => 'is answered 429 slow_down',
  'retry-after': ({ text }) => `${limited} with a Retry-After of the form ${text('form')}`,
  'bedrock.429': ({ text }) => `is answered 429 ThrottlingException for its ${text('limit').replaceAll('_', ' ')}`,
  'gemini.429': ({ text, span }) =>
    `is answered 429 RESOURCE_EXHAUSTED for its quota (${text('quota')}), to be retried after ${span('waitMs')}`,
  'anthropic.429': ({ text }) =>
    `is answered 429 rate_limit_error for its ${text('limit')}, to be retried after ${text('waitSeconds')} s`,
  'anthropic.429.spend': () => 'is answered 429 enforced_spend_limit_reached',
  'anthropic.400.spend': () => 'is answered 400 for the spend limit of its workspace',
  'anthropic.402': () => 'is answered 402 billing_error',
}

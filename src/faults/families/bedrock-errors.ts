import * as fc from 'fast-check'
import { z } from 'zod'
import { withoutResults } from '../../wire/bedrock/converse-history.ts'
import {
  type BedrockException,
  bedrockError,
  serviceHeaders,
  throttled,
  tooLong,
  unavailable,
  unexpected,
} from '../../wire/bedrock/errors.ts'
import { type AnyMember, type Budget, type FaultFamily, defineMember } from '../catalogue-member.ts'
import { bedrockOnly as dialects } from './spoken-in.ts'

const shared = { targets: ['model'], dialects } as const
const none = z.strictObject({})
const limits = ['tokens', 'requests', 'tokens_per_day'] as const
const reference = 'docs.aws.amazon.com, Amazon Bedrock API reference ("Converse") and "Troubleshooting error codes"'

/** Errors of Amazon Bedrock, whose kind stands in a header alone. */
export const bedrockMembers: readonly AnyMember[] = [
  defineMember({
    ...shared,
    id: 'bedrock.429',
    family: 'rate limits',
    bookedOn: 'provider',
    summary: '429 ThrottlingException without any hint how long to wait: that of a day is told by its words alone',
    source: 'aws-samples/amazon-bedrock-client-for-mac#99; minorun365/agent-book#29',
    parameters: z.strictObject({ limit: z.enum(limits).default('tokens').describe('the limit that is used up') }),
    arbitrary: fc.record({ limit: fc.constantFrom(...limits) }),
    strike: (_call, { limit }) => ({
      instead: (context) => bedrockError('ThrottlingException', throttled[limit], serviceHeaders(context)),
    }),
  }),
  failing('bedrock.500', 'InternalServerException', 'server errors', 'provider', unexpected),
  failing('bedrock.503', 'ServiceUnavailableException', 'server errors', 'provider', unavailable),
  failing(
    'bedrock.408',
    'ModelTimeoutException',
    'server errors',
    'provider',
    'Model has timed out in processing the request. Try your request again.',
  ),
  failing(
    'bedrock.403',
    'AccessDeniedException',
    'rejections',
    'agent',
    "You don't have access to the model with the specified model ID.",
  ),
  failing(
    'bedrock.404',
    'ResourceNotFoundException',
    'rejections',
    'provider',
    'This Model is marked by provider as Legacy and you have not been actively using the model in the last 15 days. Please switch to an active model on Amazon Bedrock',
  ),
  failing('bedrock.400.context', 'ValidationException', 'context overflows', 'agent', tooLong),
  defineMember({
    ...shared,
    id: 'bedrock.400.pairing',
    family: 'rejections',
    bookedOn: 'agent',
    summary: '400 ValidationException: a toolUse without its toolResult; mend the history',
    source: 'public issue threads of langchain-aws; the endpoint here says the same of a history that is unpaired',
    parameters: none,
    arbitrary: fc.constant({}),
    strike: ({ view }) => ({
      instead(context) {
        const index = Math.max(0, (view.model?.messages ?? 1) - 1)
        const id = view.model?.toolCalls.at(-1)?.id ?? 'tooluse_kZJMlvQmRJ6eAyJE5GIl7Q'
        return bedrockError('ValidationException', withoutResults(index, [id]), serviceHeaders(context))
      },
    }),
  }),
]

function failing(
  id: string,
  exception: BedrockException,
  family: FaultFamily,
  bookedOn: Budget,
  message: string,
): AnyMember {
  return defineMember({
    ...shared,
    id,
    family,
    bookedOn,
    summary: `${id.slice('bedrock.'.length, 'bedrock.'.length + 3)} ${exception}: its kind stands in x-amzn-ErrorType`,
    source: reference,
    parameters: none,
    arbitrary: fc.constant({}),
    strike: () => ({ instead: (context) => bedrockError(exception, message, serviceHeaders(context)) }),
  })
}

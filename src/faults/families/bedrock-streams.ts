import * as fc from 'fast-check'
import { z } from 'zod'
import { throttled, unavailable, unexpected } from '../../wire/bedrock/errors.ts'
import { exceptionFrame } from '../../wire/bedrock/event-stream.ts'
import { type AnyMember, defineMember } from '../catalogue-member.ts'
import { placeArbitrary, placeParameters } from './stream-cuts.ts'
import { beginning, onFrames } from './stream-frames.ts'
import { bedrockOnly as dialects } from './spoken-in.ts'

const exceptions = [
  'modelStreamErrorException',
  'internalServerException',
  'throttlingException',
  'validationException',
  'serviceUnavailableException',
] as const

/** What each says of itself. */
const words = {
  modelStreamErrorException: 'The model encountered an unexpected error while streaming. Try your request again.',
  internalServerException: unexpected,
  throttlingException: throttled.tokens,
  validationException:
    'The model returned the following errors: Malformed input request, please reformat your input and try again.',
  serviceUnavailableException: unavailable,
} as const

/** What goes wrong inside a stream of Bedrock's alone. */
export const bedrockStreamMembers: readonly AnyMember[] = [
  defineMember({
    id: 'sse.error.bedrock',
    family: 'streams',
    targets: ['model'],
    dialects,
    bookedOn: 'provider',
    summary: 'after so many frames an exception in the event stream, under the status 200',
    source: 'docs.aws.amazon.com ("ConverseStream"); vercel/ai amazon-bedrock-chat-language-model.test.ts',
    parameters: z.strictObject({
      ...placeParameters.shape,
      exception: z.enum(exceptions).default('modelStreamErrorException').describe('which exception'),
    }),
    arbitrary: fc
      .record({ place: placeArbitrary, exception: fc.constantFrom(...exceptions) })
      .map(({ place, exception }) => ({ ...place, exception })),
    strike: (call, { afterFrames, exception }) =>
      onFrames(call, (frames) => [
        ...beginning(frames, afterFrames),
        { afterMs: 0, bytes: exceptionFrame(exception, words[exception]) },
      ]),
  }),
]

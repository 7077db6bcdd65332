import * as fc from 'fast-check'
import { z } from 'zod'
import { anthropicErrorObject } from '../../wire/anthropic/errors.ts'
import { type AnyMember, defineMember } from '../catalogue-member.ts'
import { placeArbitrary, placeParameters } from './stream-cuts.ts'
import { beginning, frameOf, onStream } from './stream-frames.ts'
import { anthropicOnly as dialects } from './spoken-in.ts'

const shared = { family: 'streams', targets: ['model'], bookedOn: 'provider', dialects } as const
const causes = { 529: 'Overloaded', 500: 'Internal server error' } as const
const disorders = ['delta_first', 'second_start'] as const

/** What goes wrong inside a stream of Anthropic's alone. */
export const anthropicStreamMembers: readonly AnyMember[] = [
  defineMember({
    ...shared,
    id: 'sse.error.anthropic',
    summary: 'after so many frames an error event, under the status 200: the retries of the SDK never see it',
    source: 'docs.claude.com/en/api/errors; vercel/ai anthropic-language-model.test.ts',
    parameters: z.strictObject({
      ...placeParameters.shape,
      status: z
        .union([z.literal(529), z.literal(500)])
        .default(529)
        .describe('the status that the same error would have as an answer'),
    }),
    arbitrary: fc
      .record({ place: placeArbitrary, status: fc.constantFrom(529 as const, 500 as const) })
      .map(({ place, status }) => ({ ...place, status })),
    strike: (call, { afterFrames, status }) =>
      onStream(call, (frames) => {
        const error = anthropicErrorObject(status, causes[status], status === 529 ? null : undefined)
        return [...beginning(frames, afterFrames), eventFrame('error', { type: 'error', error })]
      }),
  }),
  defineMember({
    ...shared,
    id: 'sse.order',
    summary: 'events in an order that the dialect forbids: a delta before message_start, or a second message_start',
    source: '@anthropic-ai/sdk 1 lib/MessageStream: refuses the second, and drops the first without a word',
    parameters: z.strictObject({ form: z.enum(disorders).default('delta_first').describe('what is out of order') }),
    arbitrary: fc.record({ form: fc.constantFrom(...disorders) }),
    strike: (call, { form }) =>
      onStream(call, (frames) => {
        const [start, ...rest] = frames
        const deltaAt = rest.findIndex(({ bytes }) =>
          Buffer.from(bytes).toString().startsWith('event: content_block_delta'),
        )
        const delta = rest[deltaAt]
        if (start === undefined || delta === undefined) return null
        return form === 'delta_first' ? [delta, start, ...rest.toSpliced(deltaAt, 1)] : [start, start, ...rest]
      }),
  }),
]

function eventFrame(name: string, data: object) {
  return frameOf(`event: ${name}\ndata: ${JSON.stringify(data)}\n\n`)
}

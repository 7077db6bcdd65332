import * as fc from 'fast-check'
import { z } from 'zod'
import { jsonObjectSchema } from '../../contract/json.ts'
import type { JsonObject } from '../../contract/json.ts'
import type { BodyChunk } from '../../wire/reply.ts'
import { readServerSentEvents } from '../../wire/sse/server-sent-events.ts'
import { type AnyMember, type CatalogueMember, defineMember } from '../catalogue-member.ts'
import { placeArbitrary, placeParameters } from './stream-cuts.ts'
import { type Frames, beginning, frameOf, onStream, textOf } from './stream-frames.ts'
import { responsesOnly as dialects } from './spoken-in.ts'

const quota =
  'You exceeded your current quota, please check your plan and billing details. For more information on this error, read the docs: https://platform.openai.com/docs/guides/error-codes/api-errors.'
const serverError = 'The server had an error processing your request. Sorry about that!'
const failures = {
  server_error: serverError,
  rate_limit_exceeded: 'Rate limit reached. Please try again later.',
  invalid_prompt: 'Invalid prompt: your prompt was flagged as potentially violating our usage policy.',
} as const
const failureCodes = ['server_error', 'rate_limit_exceeded', 'invalid_prompt'] as const

/** What goes wrong inside a stream of OpenAI Responses alone, under the status 200. */
export const responsesStreamMembers: readonly AnyMember[] = [
  failing({
    id: 'sse.error.responses.nested',
    summary: 'after so many frames an error event of a spent quota, then the failed response',
    source: 'recorded by vercel/ai: openai-error.1.chunks.txt',
    parameters: placeParameters,
    arbitrary: placeArbitrary,
    ends: () => ({ code: 'insufficient_quota', message: quota }),
    tells: ({ code, message }) => [{ type: 'error', error: { type: code, code, message, param: null } }],
    isFailed: true,
  }),
  failing({
    id: 'sse.error.responses.flat',
    summary: 'after so many frames an error event in the shape that the reference documents, and nothing more',
    source: 'openai-node 7 resources/responses/responses.ts (ResponseErrorEvent)',
    parameters: placeParameters,
    arbitrary: placeArbitrary,
    ends: () => ({ code: 'server_error', message: serverError }),
    tells: ({ code, message }) => [{ type: 'error', code, message, param: null }],
    isFailed: false,
  }),
  failing({
    id: 'sse.failed.responses',
    summary: 'after so many frames the response fails, with a code and without an error event',
    source: 'openai-node 7 resources/responses/responses.ts (ResponseFailedEvent, ResponseError)',
    parameters: z.strictObject({
      ...placeParameters.shape,
      code: z.enum(failureCodes).default('server_error').describe('code of the error'),
    }),
    arbitrary: fc
      .record({ place: placeArbitrary, code: fc.constantFrom(...failureCodes) })
      .map(({ place, code }) => ({ ...place, code })),
    ends: ({ code }) => ({ code, message: failures[code] }),
    tells: () => [],
    isFailed: true,
  }),
]

interface Problem {
  readonly code: string
  readonly message: string
}

interface Failing<Parameters extends JsonObject> extends Pick<
  CatalogueMember<Parameters>,
  'id' | 'summary' | 'source' | 'parameters' | 'arbitrary'
> {
  /** What went wrong. */
  readonly ends: (parameters: Parameters) => Problem
  /** The events that tell of it. */
  readonly tells: (problem: Problem) => readonly (JsonObject & { readonly type: string })[]
  /** Whether the failed response comes last. */
  readonly isFailed: boolean
}

function failing<Parameters extends JsonObject & { afterFrames: number }>(member: Failing<Parameters>): AnyMember {
  const { ends, tells, isFailed, ...described } = member
  return defineMember({
    ...described,
    family: 'streams',
    targets: ['model'],
    bookedOn: 'provider',
    dialects,
    strike: (call, parameters) =>
      onStream(call, (frames) => {
        const problem = ends(parameters)
        const before = beginning(frames, parameters.afterFrames)
        const failed = isFailed ? [{ type: 'response.failed', response: failedResponse(frames, problem) }] : []
        return [...before, ...numbered([...tells(problem), ...failed], before.length)]
      }),
  })
}

/** Events of the stream go on counting where the frames before them ended. */
function numbered(events: readonly (JsonObject & { readonly type: string })[], from: number): readonly BodyChunk[] {
  return events.map((event, index) => {
    const { type, ...rest } = event
    const data = { type, sequence_number: from + index, ...rest }
    return frameOf(`event: ${type}\ndata: ${JSON.stringify(data)}\n\n`)
  })
}

/** The response that the stream began with, failed. */
function failedResponse(frames: Frames, { code, message }: Problem): JsonObject {
  const [first] = frames
  const [created] = first === undefined ? [] : readServerSentEvents(textOf(first.bytes))
  const begun = createdSchema.safeParse(created === undefined ? {} : JSON.parse(created.data))
  return { ...(begun.success ? begun.data.response : {}), status: 'failed', error: { code, message } }
}

const createdSchema = z.object({ response: jsonObjectSchema })

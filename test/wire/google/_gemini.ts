import { z } from 'zod'
import {
  type GeminiGenerateContentOptions,
  geminiGenerateContent,
} from '../../../src/wire/google/gemini-generate-content.ts'
import { readServerSentEvents } from '../../../src/wire/sse/server-sent-events.ts'
import { type Scene, play } from '../_play.ts'

const service = 'https://generativelanguage.googleapis.com/v1beta/models/gemini-3-flash'

/** The smallest request there is. */
export const greeting = { contents: [{ role: 'user', parts: [{ text: 'Good morning.' }] }] }

const response = z.looseObject({
  candidates: z.array(
    z.looseObject({
      content: z
        .looseObject({
          role: z.string().optional(),
          parts: z.array(z.looseObject({ text: z.string().optional() })).optional(),
        })
        .optional(),
      finishReason: z.string().optional(),
    }),
  ),
})

/** What an answer of the service is to a client that checks nothing. */
export interface Answer {
  readonly status: number
  readonly headers: Readonly<Record<string, string>>
  readonly text: string
}

/** Sends a request by `fetch`, with a key. */
export async function post(
  body: unknown = greeting,
  method = 'generateContent',
  headers: Record<string, string> = { 'x-goog-api-key': 'key' },
): Promise<Answer> {
  const answer = await fetch(`${service}:${method}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body: typeof body === 'string' ? body : JSON.stringify(body),
  })
  return { status: answer.status, headers: Object.fromEntries(answer.headers), text: await answer.text() }
}

export function stream(body: unknown = greeting): Promise<Answer> {
  return post(body, 'streamGenerateContent?alt=sse')
}

/** The one candidate of a whole response. */
export function candidateOf({ text }: Answer) {
  return response.parse(JSON.parse(text)).candidates[0]
}

/** The candidates of a stream's chunks, one after another. */
export function candidatesOf({ text }: Answer) {
  return readServerSentEvents(text).flatMap(({ data }) => response.parse(JSON.parse(data)).candidates)
}

/** Runs a function in a world whose one upstream answers as options say, by default `Hello.` to everything. */
export function converse<Value>(
  options: Partial<GeminiGenerateContentOptions>,
  run: () => Promise<Value>,
  faults: Scene['faults'] = [],
) {
  return play(
    { upstreams: [geminiGenerateContent({ script: () => ({ content: 'Hello.' }), ...options })], faults },
    run,
  )
}

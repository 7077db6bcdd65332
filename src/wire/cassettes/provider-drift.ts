import type { ModelCassette, RecordedExchange, RecordedReply } from './model-cassette-schema.ts'
import { shapeChanges, shapeOf } from './reply-shape.ts'

/** How a live provider answers one recorded request differently now. */
export interface ProviderDrift {
  /** Ordinal of the exchange in the cassette, from 1. */
  readonly exchange: number
  readonly path: string
  /** Each a sentence without its full stop; never empty. */
  readonly changes: readonly string[]
}

/** What is sent to a provider again. */
export interface SentAgain {
  readonly path: string
  readonly headers: Readonly<Record<string, string>>
  readonly body: string
}

/**
 * Asks a live provider once more what a cassette holds, and compares the shapes of the answers: status, content type,
 * fields and their kinds, events of streams. What the model says is not compared; it differs every time.
 *
 * @param send sends a request to the provider, with the credentials that it needs
 */
export async function providerDrift(
  { exchanges }: ModelCassette,
  send: (request: SentAgain) => Promise<Response>,
): Promise<readonly ProviderDrift[]> {
  const drifts: ProviderDrift[] = []
  for (const [index, { request, reply }] of exchanges.entries()) {
    const response = await send({ path: request.path, headers: request.headers, body: sentText(request.body) })
    const changes = await changesOf(reply, response)
    if (changes.length > 0) drifts.push({ exchange: index + 1, path: request.path, changes })
  }
  return drifts
}

function sentText(body: RecordedExchange['request']['body']): string {
  return typeof body === 'string' ? body : JSON.stringify(body)
}

async function changesOf(recorded: RecordedReply, live: Response): Promise<readonly string[]> {
  const text = await live.text()
  if (live.status !== recorded.status) return [`the status was ${recorded.status} and is ${live.status}`]
  const before = mediaType(recorded.headers['content-type'])
  const now = mediaType(live.headers.get('content-type') ?? undefined)
  if (before !== now) return [`the content type was ${before} and is ${now}`]
  return shapeChanges(shapeOf(before, recordedText(recorded)), shapeOf(now, text))
}

function mediaType(contentType = 'none'): string {
  return contentType.split(';', 1)[0]?.trim().toLowerCase() ?? 'none'
}

function recordedText({ body }: RecordedReply): string {
  if (typeof body === 'string') return body
  const pieces = body.map((piece) => ('text' in piece ? Buffer.from(piece.text) : Buffer.from(piece.base64, 'base64')))
  return Buffer.concat(pieces).toString()
}

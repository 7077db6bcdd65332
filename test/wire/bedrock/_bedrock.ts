import { type BedrockConverseOptions, bedrockConverse } from '../../../src/wire/bedrock/bedrock-converse.ts'
import { type Scene, play } from '../_play.ts'
import { codec } from './_codec.ts'

const service = 'https://bedrock-runtime.us-east-1.amazonaws.com/model/amazon.nova-pro-v1%3A0'
const signature = 'AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE/20260101/us-east-1/bedrock/aws4_request'

/** The smallest request there is. */
export const greeting = { messages: [{ role: 'user', content: [{ text: 'Good morning.' }] }] }

/** What an answer of the service is to a client that checks nothing. */
export interface Answer {
  readonly status: number
  readonly headers: Readonly<Record<string, string>>
  readonly bytes: Uint8Array
  readonly text: string
}

/** Sends a request by `fetch`, signed. */
export async function post(
  body: unknown = greeting,
  operation = 'converse',
  headers: Record<string, string> = { authorization: signature },
): Promise<Answer> {
  const answer = await fetch(`${service}/${operation}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body: typeof body === 'string' ? body : JSON.stringify(body),
  })
  const bytes = new Uint8Array(await answer.arrayBuffer())
  return {
    status: answer.status,
    headers: Object.fromEntries(answer.headers),
    bytes,
    text: Buffer.from(bytes).toString(),
  }
}

export function stream(body: unknown = greeting): Promise<Answer> {
  return post(body, 'converse-stream')
}

/** A message as the official codec reads it. */
export interface Decoded {
  readonly headers: Readonly<Record<string, unknown>>
  readonly payload: Readonly<Record<string, unknown>>
}

/** Reads messages with the official codec, which throws where a length or a checksum is wrong. */
export function decode(bytes: Uint8Array): Decoded[] {
  const decoded: Decoded[] = []
  let at = 0
  while (at < bytes.length) {
    const length = new DataView(bytes.buffer, bytes.byteOffset + at).getUint32(0)
    const { headers, body } = codec.decode(bytes.slice(at, at + length))
    decoded.push({
      headers: Object.fromEntries(Object.entries(headers).map(([name, { value }]) => [name, value])),
      payload: JSON.parse(Buffer.from(body).toString()) as Decoded['payload'],
    })
    at += length
  }
  return decoded
}

/** Runs a function in a world whose one upstream answers as options say, by default `Hello.` to everything. */
export function converse<Value>(
  options: Partial<BedrockConverseOptions>,
  run: () => Promise<Value>,
  faults: Scene['faults'] = [],
) {
  return play({ upstreams: [bedrockConverse({ script: () => ({ content: 'Hello.' }), ...options })], faults }, run)
}

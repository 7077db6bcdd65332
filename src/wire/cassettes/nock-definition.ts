import { z } from 'zod'
import { jsonSchema } from '../../contract/json.ts'
import type { Reply } from '../reply.ts'
import { replyBody } from '../reply-body.ts'
import { type BodyRule, bodyRule } from './nock-body.ts'

const headersSchema = z.union([
  z.array(z.string()).refine((flat) => flat.length % 2 === 0, 'expected a name and a value for each header'),
  z.record(z.string(), z.union([z.string(), z.array(z.string())])),
])

/** One entry of nock's recorder, as `nock.define` reads it; shapes from nock 15, `lib/scope.js`. */
const definitionSchema = z.looseObject({
  scope: z.url({ protocol: /^https?$/, error: 'expected a URL of http or https' }),
  method: z.string().min(1),
  path: z.string().startsWith('/', 'expected a path that starts with "/"'),
  body: jsonSchema.optional(),
  status: z.int().min(200).max(599).default(200),
  response: jsonSchema.optional(),
  rawHeaders: headersSchema.default([]),
  reqheaders: z.record(z.string(), z.string()).default({}),
  responseIsBinary: z.boolean().default(false),
})

/** The definitions of a cassette. */
export const definitionsSchema = z.array(definitionSchema).min(1, 'expected at least one recorded request')

type Definition = z.output<typeof definitionSchema>

/** A recorded request with its reply, ready to be matched. */
export interface Recording {
  readonly origin: string
  readonly method: string
  /** Path and query in the form of {@link canonicalPath}. */
  readonly path: string
  /** Request headers that must be equal, lower-case names. */
  readonly headers: readonly (readonly [name: string, value: string])[]
  /** Undefined where any body will do. */
  readonly body: BodyRule | undefined
  readonly reply: Reply
}

/** Path and query with the parameters in one order, because nock compares them in any. */
export function canonicalPath(path: string): string {
  const queryAt = path.indexOf('?')
  if (queryAt < 0) return path
  const query = new URLSearchParams(path.slice(queryAt + 1))
  query.sort()
  return `${path.slice(0, queryAt)}?${query.toString()}`
}

/** Makes a definition ready for the replay, with reply bytes and headers as nock itself would replay them. */
export function toRecording(definition: Definition): Recording {
  const { origin, pathname } = new URL(definition.scope)
  return {
    origin,
    method: definition.method.toUpperCase(),
    path: canonicalPath(pathname.replace(/\/$/, '') + definition.path),
    headers: Object.entries(definition.reqheaders).map(([name, value]) => [name.toLowerCase(), value] as const),
    body: definition.body === undefined ? undefined : bodyRule(definition.body),
    reply: toReply(definition),
  }
}

function toReply({ status, rawHeaders, response, responseIsBinary }: Definition): Reply {
  const headers = toHeaders(rawHeaders)
  if (responseIsBinary || 'content-encoding' in headers) {
    const pieces = [response].flat().map((piece) => Buffer.from(typeof piece === 'string' ? piece : '', 'hex'))
    const bytes = Buffer.concat(pieces)
    return { status, headers, body: responseIsBinary ? replyBody(bytes) : [{ afterMs: 0, bytes }] }
  }
  const content = typeof response === 'string' ? parseOrKeep(response) : (response ?? '')
  if (typeof content === 'string') return { status, headers, body: content }
  // The recorder keeps JSON parsed: what it wrote of the body's length holds no longer.
  const body = JSON.stringify(content)
  const length = 'content-length' in headers ? { 'content-length': String(Buffer.byteLength(body)) } : {}
  return { status, headers: { 'content-type': 'application/json', ...headers, ...length }, body }
}

function parseOrKeep(text: string): unknown {
  try {
    return text === '' ? '' : JSON.parse(text)
  } catch {
    return text
  }
}

function toHeaders(raw: Definition['rawHeaders']): Record<string, string> {
  const pairs = Array.isArray(raw)
    ? raw.flatMap((name, index) => (index % 2 === 0 ? [[name, raw[index + 1] ?? ''] as const] : []))
    : Object.entries(raw).flatMap(([name, values]) => [values].flat().map((value) => [name, value] as const))
  return Object.fromEntries(new Headers(pairs.map(([name, value]): [string, string] => [name, value])))
}

import { usageError } from '../../contract/errors.ts'
import { anthropicMessages } from '../anthropic/anthropic-messages.ts'
import { bedrockConverse } from '../bedrock/bedrock-converse.ts'
import { operationOf } from '../bedrock/converse-request.ts'
import { methodOf } from '../google/generate-content-request.ts'
import { geminiGenerateContent } from '../google/gemini-generate-content.ts'
import { mcpOverHttp } from '../mcp/real-server.ts'
import { openAiChat } from '../openai/openai-chat.ts'
import { openAiResponses } from '../openai-responses/openai-responses.ts'
import { type Upstream, opaqueReply, opaqueRequest } from '../upstream.ts'

/** What a real service is to the proxy; its dialect understands requests and composes answers in its place. */
interface Service {
  readonly name: string
  readonly origin: string
}

/** How requests of one kind are understood. */
interface Dialect {
  /** Whether a path is this dialect's; providers put it under prefixes of their own. */
  readonly isSpokenAt: (path: string) => boolean
  readonly open: (service: Service) => Upstream
}

const dialects: Readonly<Record<string, Dialect>> = {
  'openai.chat': {
    isSpokenAt: (path) => path.endsWith('/chat/completions'),
    open: (service) => openAiChat({ ...service, script: [], latencyMs: 0 }),
  },
  'openai.responses': {
    isSpokenAt: (path) => path.endsWith('/responses'),
    open: (service) => openAiResponses({ ...service, script: [], latencyMs: 0 }),
  },
  'anthropic.messages': {
    isSpokenAt: (path) => path.endsWith('/v1/messages'),
    open: (service) => anthropicMessages({ ...service, script: [], latencyMs: 0 }),
  },
  'bedrock.converse': {
    isSpokenAt: (path) => operationOf(path) !== null,
    open: (service) => bedrockConverse({ ...service, script: [], latencyMs: 0 }),
  },
  'google.gemini': {
    isSpokenAt: (path) => methodOf(path) !== null,
    open: (service) => geminiGenerateContent({ ...service, script: [], latencyMs: 0 }),
  },
  mcp: {
    // The protocol leaves the path to the server; nearly all take this one.
    isSpokenAt: (path) => /\/mcp\/?$/.test(path),
    open: ({ name, origin }) => mcpOverHttp(name, origin),
  },
}

/** What `--dialect` takes, besides the names of the dialects. */
export const guessed = 'guess'
export const opaque = 'opaque'
export const dialectNames: readonly string[] = [guessed, ...Object.keys(dialects), opaque]

/** Tells which upstream a request is for, by its path. */
export type UpstreamAt = (path: string) => Upstream

/**
 * The upstreams behind one service: one for each dialect that is spoken there.
 *
 * A path of no known dialect is the back end of a tool, of which nothing is understood but that it was called.
 *
 * @throws {ShakedownError} of kind `usage` for a dialect that is not known
 */
export function upstreamsOf(service: Service, dialect: string): UpstreamAt {
  const backend = opaqueUpstream(service)
  if (dialect === opaque) return () => backend
  if (dialect !== guessed) {
    const upstream = knownDialect(dialect).open(service)
    return () => upstream
  }
  const spoken = Object.values(dialects).map((known) => ({ ...known, upstream: known.open(service) }))
  return (path) => {
    const [bare = ''] = path.split('?', 1)
    return spoken.find(({ isSpokenAt }) => isSpokenAt(bare))?.upstream ?? backend
  }
}

function knownDialect(name: string): Dialect {
  const dialect = Object.hasOwn(dialects, name) ? dialects[name] : undefined
  if (dialect !== undefined) return dialect
  throw usageError('DIALECT', `there is no dialect "${name}"; name one of ${dialectNames.join(', ')}.`)
}

function opaqueUpstream({ name, origin }: Service): Upstream {
  return {
    name,
    origin,
    kind: 'tool',
    latencyMs: 0,
    matches: () => true,
    understand: () => ({ ...opaqueRequest, tool: { name, arguments: {} } }),
    // Real services answer for themselves.
    handle: () => ({ silence: true }),
    describe: () => opaqueReply,
  }
}

import { readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { parseInput } from '../../contract/parse.ts'
import { usageError } from '../../contract/errors.ts'
import type { NetworkRequest } from '../../simulation/network.ts'
import { type Reply, jsonReply } from '../reply.ts'
import { toolArguments } from '../tool-arguments.ts'
import { type Upstream, opaqueReply, opaqueRequest } from '../upstream.ts'
import { type Recording, canonicalPath, definitionsSchema, toRecording } from './nock-definition.ts'

/** How a cassette is replayed. */
export type NockCassetteOptions = {
  /** The tool whose back end was recorded, as the model calls it; faults aim at it. */
  readonly tool: string
  /** Which of the recorded origins to replay; needed only where there are several. */
  readonly origin?: string
  /** Virtual milliseconds of an undisturbed call; default 40. */
  readonly latencyMs?: number
  /** Replays an entry as often as it is asked for; default false, which uses each entry once, as nock does. */
  readonly persist?: boolean
} & (
  | { /** A JSON file of nock's recorder (`output_objects: true`). */ readonly file: string | URL }
  | { /** The same, parsed. */ readonly definitions: readonly unknown[] }
)

/**
 * The HTTP back end of a tool that replays what nock recorded of the real one.
 *
 * Matched as nock matches: method, path, query in any order, recorded request headers, and the body by value. Entries
 * of one request are used up in the order of their recording; after the last one, and for a body nobody recorded, the
 * answer is a 501 that says so. A request for another path is refused like one to an unknown host.
 *
 * @throws {ShakedownError} of kind `usage` naming the file, the field and its value
 */
export function nockCassette(options: NockCassetteOptions): Upstream {
  const { tool, latencyMs = 40, persist = false } = options
  const [place, all] = 'file' in options ? readCassette(options.file) : parseCassette(options.definitions)
  const origin = chooseOrigin(place, all, options.origin)
  const recordings = all.filter((recording) => recording.origin === origin)
  const paths = new Set(recordings.map(({ method, path }) => `${method} ${path}`))
  const used = new Set<Recording>()

  function replay(request: NetworkRequest): Reply {
    const { pathname, search } = new URL(request.url)
    const path = canonicalPath(pathname + search)
    const sameRequest = recordings.filter((recording) => isRecordingOf(recording, request, path))
    const recording = sameRequest.find((candidate) => persist || !used.has(candidate))
    if (recording === undefined) return unrecorded(place, request, sameRequest.length)
    used.add(recording)
    return recording.reply
  }
  return {
    name: tool,
    kind: 'tool',
    origin,
    latencyMs,
    matches: (method, path) => paths.has(`${method} ${canonicalPath(path)}`),
    understand: (request) => ({ ...opaqueRequest, tool: { name: tool, arguments: toolArguments(request) } }),
    handle: replay,
    describe: () => opaqueReply,
  }
}

function isRecordingOf(recording: Recording, request: NetworkRequest, path: string): boolean {
  const { method, headers, body } = recording
  if (method !== request.method || path !== recording.path) return false
  if (!headers.every(([name, value]) => request.header(name) === value)) return false
  return body === undefined || body(request.body, request.header('content-type') ?? '')
}

function unrecorded(place: string, { method, url }: NetworkRequest, times: number): Reply {
  const reason = times === 0 ? 'with such a body or headers' : `a ${times + 1}${ordinalEnd(times + 1)} time`
  return jsonReply(501, {
    code: 'SHAKEDOWN_NOT_RECORDED',
    message: `${place} has no recording of ${method} ${url} ${reason}; record it, or set persist to replay one again.`,
  })
}

function ordinalEnd(count: number): string {
  if (count % 100 >= 11 && count % 100 <= 13) return 'th'
  return ['th', 'st', 'nd', 'rd'][count % 10] ?? 'th'
}

const remedy = 'record it anew with nock.recorder.rec({ output_objects: true })'
type Cassette = readonly [place: string, recordings: readonly Recording[]]

/** Files and lists already parsed: upstreams are made for each trial, and a cassette does not change during a run. */
const filesRead = new Map<string, Cassette>()
const listsParsed = new WeakMap<readonly unknown[], Cassette>()

function readCassette(file: string | URL): Cassette {
  const path = resolve(file instanceof URL ? fileURLToPath(file) : file)
  const known = filesRead.get(path) ?? parse(`nock cassette ${path}`, readJson(path))
  filesRead.set(path, known)
  return known
}

function parseCassette(definitions: readonly unknown[]): Cassette {
  const known = listsParsed.get(definitions) ?? parse('nock cassette', definitions)
  listsParsed.set(definitions, known)
  return known
}

function parse(place: string, value: unknown): Cassette {
  return [place, parseInput(definitionsSchema, value, place, remedy).map(toRecording)]
}

function readJson(path: string): unknown {
  let text: string
  try {
    text = readFileSync(path, 'utf8')
  } catch (error) {
    throw usageError(
      'CASSETTE',
      `nock cassette ${path} could not be read (${String(error)}); name a file that can.`,
      error,
    )
  }
  try {
    return JSON.parse(text)
  } catch (error) {
    throw usageError('CASSETTE', `nock cassette ${path} is no JSON (${String(error)}); ${remedy}.`, error)
  }
}

function chooseOrigin(place: string, recordings: readonly Recording[], wanted: string | undefined): string {
  const origins = [...new Set(recordings.map(({ origin }) => origin))]
  const chosen = wanted === undefined ? origins : origins.filter((origin) => origin === new URL(wanted).origin)
  const [only] = chosen
  if (only !== undefined && chosen.length === 1) return only
  const found = wanted === undefined ? 'several origins' : `no origin "${wanted}"`
  throw usageError(
    'CASSETTE',
    `${place} has ${found}; set origin to one of ${origins.map((origin) => `"${origin}"`).join(', ')}.`,
  )
}

import { createHash } from 'node:crypto'

/** How long a client of the table waits before it gives up, in milliseconds. */
export interface Patience {
  /** The request timeout of an SDK. */
  readonly timeoutMs: number
  /** When the signal of the caller is aborted, whatever the client. */
  readonly signalMs: number
}

/** What one client saw of one call. */
export interface Sight {
  readonly words: string
  /** A digest of the body as far as it came, without the times in it, where the client shows bodies. */
  readonly digest?: string
}

/** Of a member that needs an earlier call, such as one that gives an old answer again: a table of single calls has none. */
export const unstruck: Sight = { words: 'strikes no first call' }

/** What was seen of each member by each client. */
export type Sights = Readonly<Record<string, Readonly<Record<string, Sight>>>>

/** A proxy lives in real time and before a service on loopback: in these alone may the same bytes differ. */
const times = /"(created|created_at|completed_at)":\d+/g
const hosts = /api\.(?:openai|anthropic)\.com|127\.0\.0\.1:\d+/g

export function digestOf(body: string): string {
  const same = body.replaceAll(times, '"$1":0').replaceAll(hosts, 'host')
  return createHash('sha256').update(same).digest('hex').slice(0, 12)
}

/** An error in words: its class, its status where it tells one, and what it says lies beneath. */
export function errorWords(thrown: unknown): string {
  if (!(thrown instanceof Error)) return `throws ${String(thrown)}`
  const status = 'status' in thrown && 'headers' in thrown ? ` ${String(thrown.status)}` : ''
  const beneath = [...codesOf(thrown)].join(' ← ')
  // What a signal throws is a DOMException of that name.
  const name = thrown instanceof DOMException ? thrown.name : thrown.constructor.name
  return `${name}${status} "${shortened(thrown.message)}"${beneath === '' ? '' : ` (${beneath})`}`
}

/** The codes of an error and of what caused it, outermost first; a cause without one by its name and message. */
function* codesOf(error: Error): Generator<string> {
  const own = codeOf(error)
  if (own !== null) yield own
  if (!(error.cause instanceof Error)) return
  if (codeOf(error.cause) === null && error.cause.cause === undefined) {
    yield `${error.cause.name}: ${shortened(error.cause.message)}`
  }
  yield* codesOf(error.cause)
}

function codeOf(error: Error): string | null {
  return 'code' in error && typeof error.code === 'string' ? error.code : null
}

/** The first words: what a message goes on with is in the page on faults. */
function shortened(message: string): string {
  const [line = ''] = message.split('\n')
  return line.length > 60 ? `${line.slice(0, 60)}…` : line
}

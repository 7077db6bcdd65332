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

/** What was seen of each member by each client. */
export type Sights = Readonly<Record<string, Readonly<Record<string, Sight>>>>

/** A proxy lives in real time, so that the times in a body are the one thing in which two transports may differ. */
const times = /"(created|created_at|completed_at)":\d+/g

export function digestOf(body: string): string {
  return createHash('sha256').update(body.replaceAll(times, '"$1":0')).digest('hex').slice(0, 12)
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

/** The codes of an error and of what caused it, outermost first. */
function* codesOf(error: Error): Generator<string> {
  const code: unknown = 'code' in error ? error.code : undefined
  if (typeof code === 'string') yield code
  if (error.cause instanceof Error) yield* codesOf(error.cause)
}

/** The first words: what a message goes on with is in the page on faults. */
function shortened(message: string): string {
  const [line = ''] = message.split('\n')
  return line.length > 60 ? `${line.slice(0, 60)}…` : line
}

import type { JsonObject } from '../contract/json.ts'
import type { UpstreamKind } from '../contract/upstream-kind.ts'

/** Anything a client may send as a request, reduced to what HTTP carries. */
export interface NetworkRequest {
  readonly method: string
  readonly url: string
  /** Reads a request header by its lower-case name; a function, because most are never read. */
  readonly header: (name: string) => string | null
  /** All request headers, for the few that need them; absent where a client did not say. */
  readonly headers?: () => Headers
  readonly body: string
  readonly signal: AbortSignal | null
  /** What the client waits at most by itself; absent: for ever. */
  readonly patience?: Patience
  /** What the client makes of a redirect by itself; absent: an answer like any other. */
  readonly redirect?: 'follow' | 'error' | 'manual'
}

/** What a client waits at most by itself, without any timeout of the caller's, in milliseconds. */
export interface Patience {
  /** From sending the request to the headers of the answer. */
  readonly headersMs: number
  /** Between two pieces of the body, and before the first. */
  readonly bodyMs: number
}

/** What came back: a body known at once, or one that arrives in pieces over virtual time. */
export interface NetworkReply {
  readonly status: number
  readonly headers: readonly (readonly [name: string, value: string])[]
  readonly body: string | Uint8Array | AsyncIterable<Uint8Array>
}

/** What `fetch` takes first. */
export type FetchInput = Parameters<typeof globalThis.fetch>[0]

/** A change that a function has made in the world; two with one key are a duplicate. */
export interface LocalEffect {
  readonly key: string
  readonly detail: JsonObject
}

/** A call of a function in the agent's own process that was made open to faults. */
export interface LocalCall {
  readonly kind: UpstreamKind
  readonly name: string
  /** Whether the caller takes what comes without waiting, so that nothing about the call can take time. */
  readonly synchronous: boolean
  readonly arguments: readonly unknown[]
  /** What the trace tells of the arguments where the function is a tool; absent: as they are. */
  readonly toolArguments?: () => JsonObject
  /** Calls the function itself. */
  readonly invoke: (args: readonly unknown[]) => unknown
  /** What a call that succeeded with these arguments has changed in the world; null for nothing. */
  readonly effect?: (args: readonly unknown[], value: unknown) => LocalEffect | null
}

/** The network of a world: the one way out for every patched client. */
export interface Network {
  /** Stands in for `fetch`; the fast path. */
  fetch(input: FetchInput, init?: RequestInit): Promise<Response>
  /** Stands in for a socket: rejects with an `Error` carrying a `code` where the connection fails. */
  exchange(request: NetworkRequest): Promise<NetworkReply>
  /** Stands in for a function in the agent's own process: gives back or throws what the caller is to get. */
  callLocally(call: LocalCall): unknown
  /** Whether an upstream claims the host, so that a socket to it may be opened. */
  admits(host: string): boolean
  /** Records that something tried to go round the network, and returns the error it gets. */
  refuse(host: string): Error
}

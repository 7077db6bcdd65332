import type { JsonObject } from '../contract/json.ts'
import type { NetworkRequest } from '../simulation/network.ts'
import type { LocalInterference } from './functions/local-answer.ts'
import type { Happening } from './happening.ts'
import type { Answer, Reply } from './reply.ts'
import type { FileState, StoreFile } from './stores/store-file.ts'
import type { RequestView, Upstream, UpstreamContext } from './upstream.ts'

/** A call as whoever wants to interfere sees it. */
export interface UpstreamCall {
  readonly upstream: Upstream
  readonly call: number
  /** Index of the task, −1 outside any. */
  readonly task: number
  /** Virtual milliseconds since the start of the trial. */
  readonly nowMs: number
  readonly request: NetworkRequest
  readonly view: RequestView
}

/** What one delivered fault does to one call. */
export interface Interference {
  /** Index of the fault in the plan. */
  readonly fault: number
  readonly id: string
  /** The action an attack asks for, where the fault is one. */
  readonly demanded: { readonly tool: string; readonly arguments: JsonObject } | null
  /** Virtual milliseconds added before the answer. */
  readonly delayMs?: number
  /** Answers in the upstream's place: it never sees the call. */
  readonly instead?: (context: UpstreamContext) => Answer
  /**
   * Puts another request in the place of the one that was sent: the upstream acts on that, and nobody is told. A fault
   * that has this counts when it is used, and only then.
   */
  readonly receiving?: (request: NetworkRequest) => NetworkRequest
  /** Changes what the upstream answered: it has acted. */
  readonly afterwards?: (reply: Reply, context: UpstreamContext) => Answer
  /** What it does where the upstream is a function in the agent's own process. */
  readonly local?: LocalInterference
  /** Brings the file of a store into a state for the time of the call; null where that cannot be done now. */
  readonly onFile?: (file: StoreFile) => FileState | null
  /** Happens to the agent's process around the call, which itself is left alone. */
  readonly happening?: Happening
  /**
   * Present where `afterwards` may find nothing to change, and then gives back what it got: the fault counts, and is
   * recorded, only when this is called. A happening has it as well: it may come too late to happen.
   */
  readonly tookHold?: () => void
}

/** The port through which calls can be interfered with; `faults/` implements it. */
export interface InterferencePort {
  /** Called once for each call, in order; an empty list leaves the call alone. */
  interfere(call: UpstreamCall): readonly Interference[]
}

/** Interferes with nothing. */
export const noInterference: InterferencePort = { interfere: () => [] }

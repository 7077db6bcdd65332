import type { ModelScript } from './model-script.ts'
import type { StreamPace } from './stream-pace.ts'

/** What every simulated endpoint of a model is set up with, whatever it speaks. */
export interface ScriptedEndpointOptions {
  /** What answers: a fixed list of replies or a function of the request; the same script answers in every dialect. */
  readonly script: ModelScript
  /** Name that faults aim at. */
  readonly name?: string
  /** Scheme, host and port. */
  readonly origin?: string
  /** Tokens of the context window. */
  readonly windowTokens?: number
  /** Virtual milliseconds of an undisturbed call; default 600. */
  readonly latencyMs?: number
  /** How fast a streamed reply comes, once `latencyMs` has passed. */
  readonly pace?: StreamPace
}

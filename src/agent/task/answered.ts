import type { ErrorClass } from '../errors/error-class.ts'
import type { AgentOutcome } from './outcome.ts'

/** An outcome and the source that it comes from. */
export interface Answered {
  readonly outcome: AgentOutcome
  readonly source: string
  /** When the answer was made, for one that was kept. */
  readonly asOfMs?: number
  /** What the failure comes to that it was ended by, where that is known. */
  readonly errorClass?: ErrorClass
}

/** Where an outcome without an answer comes from. */
export const noSource = 'none'

/** What the agent calls its own loop on its own model. */
export const primarySource = 'primary'

/** What the agent calls the answers that it gives without trying. */
export const safeModeSource = 'safe_mode'

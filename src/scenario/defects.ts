import { ShakedownError } from '../contract/errors.ts'

/** What went wrong that is not the agent's doing, or keeps it from being made; the first counts. */
export class Defects {
  first: unknown

  readonly note = (error: unknown): void => void (this.first ??= error)

  /** Whether the scenario or the harness is at fault, so that going on would judge nothing. */
  get isGrave(): boolean {
    return ShakedownError.is(this.first)
  }
}

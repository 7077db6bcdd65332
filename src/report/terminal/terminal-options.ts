/** What the terminal can show. */
export interface TerminalOptions {
  /** Whether escape codes may be written. */
  readonly colour: boolean
  /** Characters in a line; what is meant to be copied is never broken. */
  readonly columns: number
}

/** A span of virtual time, from the start of the trial. */
export interface Span {
  readonly fromMs: number
  readonly toMs: number
}

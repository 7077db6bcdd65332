/**
 * The ways in which Shakedown itself refuses or fails, by exit code.
 *
 * `usage` is the caller's to mend (exit 2); `harness` says that no verdict can be trusted (exit 4).
 */
export type ErrorKind = 'usage' | 'harness'

/**
 * A failure with one sentence for its reader: what failed, where, which value, and the remedy.
 *
 * Every error that reaches a terminal is one of these; anything else is a defect of Shakedown.
 */
export class ShakedownError extends Error {
  static {
    this.prototype.name = 'ShakedownError'
  }

  readonly kind: ErrorKind
  /** Stable identifier, `SHAKEDOWN_…`, for programs that react to a particular failure. */
  readonly code: string

  constructor(kind: ErrorKind, code: string, message: string, options?: ErrorOptions) {
    super(message, options)
    this.kind = kind
    this.code = code
  }

  /** Recognises the class across duplicated copies of the package. */
  static is(error: unknown): error is ShakedownError {
    return error instanceof Error && error.name === 'ShakedownError' && 'kind' in error
  }
}

/** Builds the error for input that its author can mend; it ends the program with exit code 2. */
export function usageError(code: string, message: string, cause?: unknown): ShakedownError {
  return new ShakedownError('usage', `SHAKEDOWN_${code}`, message, cause === undefined ? undefined : { cause })
}

/** Builds the error for a run whose verdict cannot be trusted; it ends the program with exit code 4. */
export function harnessError(code: string, message: string, cause?: unknown): ShakedownError {
  return new ShakedownError('harness', `SHAKEDOWN_${code}`, message, cause === undefined ? undefined : { cause })
}

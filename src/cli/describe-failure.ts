import { ShakedownError } from '../contract/errors.ts'

/** One sentence for what ended the program; anything unforeseen says that it is a defect, with its stack. */
export function describeFailure(error: unknown): string {
  if (ShakedownError.is(error)) return error.message
  const stack = error instanceof Error ? (error.stack ?? error.message) : String(error)
  return `an unexpected error, which is a defect of Shakedown; please report it with this text:\n${stack}`
}

import { ShakedownError } from '../contract/errors.ts'
import { printedText } from '../report/printed-text.ts'
import { WorkerLost } from '../runner/worker-process.ts'

/** One sentence for what ended the program; anything unforeseen says that it is a defect, with its stack. */
export function describeFailure(error: unknown): string {
  return printedText(failureOf(error))
}

function failureOf(error: unknown): string {
  if (ShakedownError.is(error)) return error.message
  if (error instanceof WorkerLost) {
    return `${error.message.trimEnd()}\nrun it with --workers 1, and look at the scenario's modules first: they are what runs there.`
  }
  const stack = error instanceof Error ? (error.stack ?? error.message) : String(error)
  return `an unexpected error, which is a defect of Shakedown; please report it with this text:\n${stack}`
}

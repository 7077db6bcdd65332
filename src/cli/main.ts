import { ShakedownError } from '../contract/errors.ts'
import { describeFailure } from './describe-failure.ts'
import { createProgram } from './program.ts'

const exitCodes = { usage: 2, harness: 4 } as const

try {
  await createProgram().parseAsync(process.argv)
} catch (error) {
  process.stderr.write(`shakedown: ${describeFailure(error)}\n`)
  process.exitCode = ShakedownError.is(error) ? exitCodes[error.kind] : exitCodes.harness
}

import { ShakedownError } from '../contract/errors.ts'
import { describeFailure } from './describe-failure.ts'
import { endWithReader } from './end-with-reader.ts'
import { createProgram } from './program.ts'

const exitCodes = { usage: 2, harness: 4 } as const

try {
  const { stdout, stderr } = process
  const program = createProgram()
  program.hook('preAction', (_program, command) => {
    // To the shim, the reader of its output is the client of a server: it sees to the end of both by itself.
    endWithReader(command.name() === 'mcp-shim' ? [stderr] : [stdout, stderr])
  })
  await program.parseAsync(process.argv)
} catch (error) {
  process.stderr.write(`shakedown: ${describeFailure(error)}\n`)
  process.exitCode = ShakedownError.is(error) ? exitCodes[error.kind] : exitCodes.harness
}

import { stripVTControlCharacters } from 'node:util'
import { z } from 'zod'
import { ShakedownError, usageError } from '../contract/errors.ts'

/** How Vite tells of a module that it cannot compile. */
const compileErrorSchema = z.object({
  errors: z.tuple(
    [z.object({ message: z.string(), loc: z.object({ file: z.string(), line: z.number(), column: z.number() }) })],
    z.unknown(),
  ),
})

/** The one-sentence error for a user's module that cannot be loaded, with the line where it is known. */
export function loadFailure(file: string, error: unknown): ShakedownError {
  // What the module was told by Shakedown itself is a sentence already.
  if (ShakedownError.is(error)) return error
  return usageError('LOAD', `${file} could not be loaded: ${reasonOf(error, file)}; mend the file or the path.`, error)
}

function reasonOf(error: unknown, file: string): string {
  const compiled = compileErrorSchema.safeParse(error)
  if (compiled.success) {
    const [{ message, loc }] = compiled.data.errors
    const words = firstLine(message).replace(/^\[\w+\] /, '')
    return `${words} at ${loc.file === file ? '' : `${loc.file} `}line ${loc.line}, column ${loc.column + 1}`
  }
  return error instanceof Error ? firstLine(error.message) : String(error)
}

function firstLine(text: string): string {
  return stripVTControlCharacters(text).split('\n')[0] ?? ''
}

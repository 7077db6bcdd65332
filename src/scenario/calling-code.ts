import { join, relative, sep } from 'node:path'
import { fileURLToPath } from 'node:url'

/** A line of the agent's own code. */
export interface CodePlace {
  /** Relative to the configuration, with forward slashes. */
  readonly file: string
  /** Counted from 1. */
  readonly line: number
}

const mostFrames = 100

/** Shakedown itself, whose code is nobody's agent. */
const harness = fileURLToPath(new URL('../', import.meta.url))

/** The agent that ships with it, which is one like any other. */
const referenceAgent = join(harness, 'agent', sep)

/** A frame with its file, line and column, in brackets or not. */
const frame = /(?:^|[( ])((?:file:\/\/\/|\/|[A-Za-z]:[\\/])[^()]*):(\d+):\d+\)?$/

/**
 * Where the code that runs now was called from by the agent: the innermost line that belongs neither to a package nor to
 * Node nor to Shakedown; null where the stack shows none, e.g. because a library has waited in a callback.
 *
 * It costs as much as a call itself, so only the trials that are shown ask for it.
 *
 * @param root the folder of the configuration
 */
export function callingCode(root: string): CodePlace | null {
  const usual = Error.stackTraceLimit
  try {
    Error.stackTraceLimit = mostFrames
    const { stack } = new Error('asked from here')
    // An agent may have replaced what makes stacks.
    return typeof stack === 'string' ? placeIn(stack, root) : null
  } catch {
    return null
  } finally {
    Error.stackTraceLimit = usual
  }
}

function placeIn(stack: string, root: string): CodePlace | null {
  for (const line of stack.split('\n')) {
    const [, where = '', number = ''] = frame.exec(line.trim()) ?? []
    const file = where.startsWith('file:') ? fileURLToPath(where) : where
    if (file !== '' && isOfAgent(file)) return { file: relative(root, file).split(sep).join('/'), line: Number(number) }
  }
  return null
}

function isOfAgent(file: string): boolean {
  if (/[\\/]node_modules[\\/]/.test(file)) return false
  return !file.startsWith(harness) || file.startsWith(referenceAgent)
}

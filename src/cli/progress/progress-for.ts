import { realClock } from '../../simulation/real-clock.ts'
import { inertLines } from '../../report/inert-lines.ts'
import { canBeWrittenOver, terminalOf } from '../terminal.ts'
import { liveProgress } from './live-progress.ts'
import { plainProgress } from './plain-progress.ts'
import { quietProgress } from './quiet-progress.ts'
import type { RunProgress } from './run-progress.ts'

/** A live table on a terminal, plain lines elsewhere; on standard error, so that standard output stays clean. */
export function progressFor(stream: NodeJS.WriteStream, isQuiet: boolean): RunProgress {
  const write = (line: string): void => void stream.write(`${inertLines(line)}\n`)
  if (isQuiet) return quietProgress(write, realClock)
  if (!canBeWrittenOver(stream)) return plainProgress(write, realClock)
  return liveProgress(stream, realClock, terminalOf(stream).colour)
}

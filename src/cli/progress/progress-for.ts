import { visibleLine } from '../../report/visible-text.ts'
import type { Progress } from '../../runner/run-plan.ts'
import { liveProgress } from './live-progress.ts'
import { plainProgress } from './plain-progress.ts'

/** Live progress on a terminal, plain lines elsewhere; on standard error, so that standard output stays clean. */
export function progressFor(stream: NodeJS.WriteStream): Progress {
  const isLive = stream.isTTY === true && process.env['CI'] === undefined
  return isLive ? liveProgress(stream) : plainProgress((line) => stream.write(`${visibleLine(line)}\n`))
}

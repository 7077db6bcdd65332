import { inertLines } from '../../report/inert-lines.ts'
import { visibleLine } from '../../report/visible-text.ts'
import { canBeWrittenOver } from '../terminal.ts'

/** What a watch says between its runs; on standard error, as progress is. */
export interface WatchScreen {
  say(sentences: readonly string[]): void
  /** Says them at the top of an empty terminal, where that can be; what was there scrolls no further than it had. */
  sayAnew(sentences: readonly string[]): void
}

const escape = '\u001b['
const emptyScreen = `${escape}H${escape}J`

export function watchScreen(stderr: NodeJS.WriteStream, stdout: NodeJS.WriteStream): WatchScreen {
  const isOne = canBeWrittenOver(stderr) && canBeWrittenOver(stdout)
  const write = (sentences: readonly string[]): void => {
    const lines = sentences.flatMap((sentence) => sentence.split('\n').map(visibleLine))
    stderr.write(inertLines(`${lines.join('\n')}\n`))
  }
  return {
    say: write,
    sayAnew(sentences) {
      if (isOne) stderr.write(emptyScreen)
      write(sentences)
    },
  }
}

import type { TerminalOptions } from '../report/terminal/terminal-options.ts'

/** Characters of a line where nobody says how many there is room for. */
const usualColumns = 100

/**
 * What a stream can show.
 *
 * Colour on a terminal that knows any, or where FORCE_COLOR asks for it; never where NO_COLOR is set (no-color.org).
 */
export function terminalOf(stream: NodeJS.WriteStream): TerminalOptions {
  const { NO_COLOR: noColour, FORCE_COLOR: forceColour } = process.env
  const isForced = forceColour !== undefined && !['0', 'false'].includes(forceColour)
  const isUnwanted = noColour !== undefined && noColour !== ''
  const isAble = stream.isTTY === true && !isDumb() && forceColour === undefined
  return { colour: !isUnwanted && (isForced || isAble), columns: columnsOf(stream) ?? usualColumns }
}

/** Whether lines may be written over: not where a CI service or a program without a cursor keeps every character. */
export function canBeWrittenOver(stream: NodeJS.WriteStream): boolean {
  return stream.isTTY === true && !isDumb() && !isContinuousIntegration()
}

function isDumb(): boolean {
  return process.env['TERM'] === 'dumb'
}

/** Whether a CI service says that it runs this. */
export function isContinuousIntegration(): boolean {
  const { CI: value = '' } = process.env
  return !['', '0', 'false'].includes(value)
}

/** Some terminals say that they have no columns, and mean that they do not know. */
function columnsOf({ columns }: NodeJS.WriteStream): number | undefined {
  return columns > 0 ? columns : undefined
}

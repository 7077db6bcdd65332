/** What a stream can show. */
export interface Terminal {
  readonly colour: boolean
  readonly columns: number
}

/** Colour only on a terminal, or where FORCE_COLOR asks for it; never where NO_COLOR is set (no-color.org). */
export function terminalOf(stream: NodeJS.WriteStream): Terminal {
  const { NO_COLOR: noColour, FORCE_COLOR: forceColour } = process.env
  const isForced = forceColour !== undefined && forceColour !== '0'
  const isForbidden = noColour !== undefined && noColour !== ''
  return { colour: !isForbidden && (isForced || stream.isTTY === true), columns: stream.columns ?? 100 }
}

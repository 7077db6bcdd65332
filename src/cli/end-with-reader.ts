/** What a shell tells of a program that was ended by SIGPIPE. */
const endedByPipe = 141

/**
 * Ends the program when whoever reads a stream of it hangs up, as `head` does, and with the exit code that other programs
 * have then. Node takes no notice of SIGPIPE, and would call the failing write an error that nobody handles.
 */
export function endWithReader(streams: readonly NodeJS.WriteStream[]): void {
  for (const stream of streams) {
    stream.on('error', (error: NodeJS.ErrnoException) => {
      if (error.code !== 'EPIPE') throw error
      process.exit(endedByPipe)
    })
  }
}

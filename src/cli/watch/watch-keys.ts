/** What somebody at the keyboard asks a watch for. */
export type WatchKey = 'all' | 'failed' | 'again' | 'help' | 'quit'

const keys: Readonly<Record<string, WatchKey>> = {
  a: 'all',
  f: 'failed',
  '\r': 'again',
  '\n': 'again',
  h: 'help',
  q: 'quit',
}

const controlC = '\u0003'
/** What keys without a character send, such as arrows: letters of it are not typed letters. */
const sequence = /\u001b(?:\[[\d;]*[@-~]|O.)/g

/**
 * Reads single keys from a terminal, until it is disposed of, which leaves the terminal as it was.
 *
 * A terminal that is read so hands Ctrl-C over as a character; it is made the signal again.
 */
export function readKeys(terminal: NodeJS.ReadStream, onKey: (key: WatchKey) => void): Disposable {
  const read = (typed: string): void => {
    for (const character of typed.replace(sequence, '')) {
      const key = keys[character]
      if (character === controlC) process.kill(process.pid, 'SIGINT')
      else if (key !== undefined) onKey(key)
    }
  }
  // A terminal that is closed types no more.
  const end = (): void => onKey('quit')
  terminal.setEncoding('utf8').setRawMode(true)
  terminal.on('data', read).on('end', end).resume()
  return {
    [Symbol.dispose]() {
      terminal.off('data', read).off('end', end).pause()
      terminal.setRawMode(false)
    },
  }
}

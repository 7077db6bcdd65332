const signals = ['SIGINT', 'SIGTERM'] as const

/**
 * Cleans up when the program is interrupted, and then ends as an interrupted program does; and when it exits by itself.
 *
 * Without it Ctrl-C would leave the claim on the report folder behind.
 */
export function onInterrupt(cleanUp: () => void): Disposable {
  const stop = (signal: NodeJS.Signals): void => {
    cleanUp()
    forget()
    // With nobody listening any more, the signal has its ordinary effect.
    process.kill(process.pid, signal)
  }
  const forget = (): void => {
    process.off('exit', cleanUp)
    for (const signal of signals) process.off(signal, stop)
  }
  process.on('exit', cleanUp)
  for (const signal of signals) process.on(signal, stop)
  return { [Symbol.dispose]: forget }
}

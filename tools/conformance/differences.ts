/** Where the proxy cannot or does not show what a simulated world does. */
export interface Difference {
  readonly id: string
  /** Absent: for every client. */
  readonly client?: string
  readonly why: string
}

/** Every difference between the transports, argued. */
export const differences: readonly Difference[] = [
  {
    id: 'net.refused',
    why: 'the proxy has accepted the connection by the time it knows: it resets it (docs/proxy.md)',
  },
  {
    id: 'sse.cut.reset',
    client: 'axios',
    why: 'axios hears of a real reset from the request first, of an intercepted one from the answer: the connection broke in both',
  },
]

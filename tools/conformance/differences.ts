/** Where the proxy cannot or does not show what a simulated world does. */
export interface Difference {
  readonly ids: readonly string[]
  /** Absent: whichever differ. */
  readonly clients?: readonly string[]
  readonly why: string
}

/** Every difference between the transports, argued. */
export const differences: readonly Difference[] = [
  {
    ids: ['net.refused', 'net.dns', 'net.tls'],
    why: 'the proxy has accepted the connection by the time it knows: it resets it (docs/proxy.md)',
  },
  {
    ids: ['sse.cut.reset', 'net.bad_chunk'],
    clients: ['axios'],
    why: 'axios hears of real sockets from the request first, of intercepted ones from the answer: the body broke off in both',
  },
  {
    ids: ['tool.schema_changed'],
    why: 'to the proxy the back end of a tool is opaque: it knows no arguments that could be refused',
  },
  {
    ids: ['tool.partial_success'],
    why: 'the proxy passes requests on as they are: what a service is asked is not changed',
  },
]

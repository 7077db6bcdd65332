import type { NetworkRequest } from '../../simulation/network.ts'
import type { Upstream } from '../../wire/upstream.ts'

/** One undisturbed call on which a fault can be shown. */
export interface SampleCall {
  /** What is asked, in words. */
  readonly words: string
  /** Made afresh for each call, because upstreams keep state. */
  readonly upstream: () => Upstream
  readonly request: NetworkRequest
}

import type { CallRecord } from './call-record.ts'
import type { UpstreamCall } from './interference.ts'

/**
 * Calls that a message of their caller gives up while their connection stays open, as clients of MCP do it up to
 * revision 2025-11-25.
 *
 * To the trace such a call has been given up like one whose connection was closed: whatever answer comes, nobody waits
 * for it.
 */
export class GivenUpCalls {
  /** The calls of upstreams of MCP, which alone have such a message, in the order in which they were sent. */
  readonly #calls: { readonly call: UpstreamCall; readonly record: CallRecord }[] = []

  /** Told of each call as it is sent. */
  sent(call: UpstreamCall, record: CallRecord): void {
    if (call.upstream.kind !== 'mcp') return
    const { givesUp } = call.view
    if (givesUp === undefined) {
      this.#calls.push({ call, record })
      return
    }
    const given = this.#calls.findLast(
      (earlier) => earlier.call.upstream === call.upstream && givesUp(earlier.call.view),
    )
    given?.record.givenUp()
  }
}

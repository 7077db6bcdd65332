import type { ToolRequestView } from '../contract/event.ts'
import type { Profile } from '../contract/profile.ts'
import { isToolCall } from '../contract/tool-call.ts'
import type { UpstreamKind } from '../contract/upstream-kind.ts'

/** The declared limit of one attempt by itself. */
export interface OwnTimeout {
  /** Its name in the profile. */
  readonly bound: 'modelMs' | 'toolMs'
  readonly ms: number
}

/** How long one attempt of a call may take, by what it is; null where the profile declares nothing for that. */
export function ownTimeout(
  { timeouts }: Pick<Profile, 'timeouts'>,
  call: { readonly kind: UpstreamKind; readonly tool: ToolRequestView | null },
): OwnTimeout | null {
  const bound = call.kind === 'model' ? 'modelMs' : isToolCall(call) ? 'toolMs' : null
  const ms = bound === null ? undefined : timeouts?.[bound]
  return bound === null || ms === undefined ? null : { bound, ms }
}

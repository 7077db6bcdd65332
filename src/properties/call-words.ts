import type { ToolRequestView } from '../contract/event.ts'
import type { UpstreamKind } from '../contract/upstream-kind.ts'
import { quote } from './quote.ts'

/** What a sentence needs to know of an upstream call. */
export interface NamedCall {
  readonly kind: UpstreamKind
  readonly upstream: string
  readonly tool: ToolRequestView | null
}

/** Names a call for a sentence: `the model call to "openai"`, `the call of tool "issue_refund"`. */
export function callWords({ kind, upstream, tool }: NamedCall): string {
  if (tool) return `the call of tool ${quote(tool.name)}`
  if (kind === 'model') return `the model call to ${quote(upstream)}`
  if (kind === 'approval') return `the approval request to ${quote(upstream)}`
  return `the call to ${quote(upstream)}`
}

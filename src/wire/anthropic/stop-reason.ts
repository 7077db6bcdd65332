import type { ScriptedReply, ScriptedToolCall } from '../model-script.ts'

/** Why the service says that the model stopped, of the reasons that a script can cause. */
export type StopReason = 'end_turn' | 'max_tokens' | 'stop_sequence' | 'tool_use' | 'refusal'

/** The fields of a message that tell of its end. */
export interface Stop {
  readonly stop_reason: StopReason
  readonly stop_sequence: string | null
  readonly stop_details: {
    readonly type: 'refusal'
    readonly category: null
    readonly explanation: string | null
  } | null
}

/** What of a reply is said, and why no more. */
export interface Said {
  readonly text: string
  readonly calls: readonly ScriptedToolCall[]
  readonly stop: Stop
}

const reasons = {
  stop: 'end_turn',
  length: 'max_tokens',
  tool_calls: 'tool_use',
  content_filter: 'refusal',
} as const satisfies Record<NonNullable<ScriptedReply['finishReason']>, StopReason>

/**
 * How the service ends a reply.
 *
 * A refusal says nothing in its content: its words are the explanation. The text ends before the first of the
 * request's stop sequences that it contains, and nothing comes after.
 * Source: docs.claude.com, "Handling stop reasons" and "Streaming refusals"; @anthropic-ai/sdk 1 (`RefusalStopDetails`).
 */
export function stopOf(reply: ScriptedReply, stopSequences: readonly string[]): Said {
  const { content, toolCalls: calls = [], refusal } = reply
  const text = content ?? ''
  const end = firstSequence(text, stopSequences)
  if (end !== null) {
    const stop = { stop_reason: 'stop_sequence', stop_sequence: end.sequence, stop_details: null } as const
    return { text: text.slice(0, end.at), calls: [], stop }
  }
  const scripted = reply.finishReason ?? (calls.length > 0 ? 'tool_calls' : 'stop')
  const reason = refusal === undefined ? reasons[scripted] : 'refusal'
  const details = { type: 'refusal', category: null, explanation: refusal ?? null } as const
  const stop = { stop_reason: reason, stop_sequence: null, stop_details: reason === 'refusal' ? details : null }
  return { text, calls, stop }
}

function firstSequence(text: string, sequences: readonly string[]): { at: number; sequence: string } | null {
  let first: { at: number; sequence: string } | null = null
  for (const sequence of sequences) {
    const at = sequence === '' ? -1 : text.indexOf(sequence)
    if (at >= 0 && (first === null || at < first.at)) first = { at, sequence }
  }
  return first
}

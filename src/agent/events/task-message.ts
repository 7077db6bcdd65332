import type { JsonObject } from '../tools/canonical-json.ts'

/** What was said and done in a task, for those who show it. */
export type TaskMessage =
  | { readonly type: 'system' | 'user' | 'assistant'; readonly text: string }
  /** Null where it is not shown, or its provider alone can read it. */
  | { readonly type: 'reasoning'; readonly text: string | null; readonly signature: string | null }
  | { readonly type: 'tool_call'; readonly id: string; readonly name: string; readonly argumentsText: string }
  | { readonly type: 'tool_return'; readonly callId: string; readonly text: string }
  /** A call that waits for a decision; the task ends with it, and goes on once it is decided. */
  | {
      readonly type: 'approval_request'
      readonly callId: string
      readonly tool: string
      readonly arguments: JsonObject
    }

export type TaskMessageType = TaskMessage['type']

/** Which messages are given, and how. */
export interface MessageShape {
  /** The types that are given; absent: all. */
  readonly types?: readonly TaskMessageType[] | undefined
  /**
   * A tool by which the assistant speaks, and the argument that holds its words: its calls are given as what the
   * assistant says, and without their results. Absent: as calls, like any others.
   */
  readonly speaksBy?: { readonly tool: string; readonly argument: string } | undefined
}

import type { JsonObject } from '../contract/json.ts'
import type { Task } from '../contract/task.ts'
import { usageError } from '../contract/errors.ts'

/** A tool call as a script writes it; arguments given as text go out as they are, valid JSON or not. */
export interface ScriptedToolCall {
  readonly name: string
  readonly arguments: JsonObject | string
  /** Absent: an identifier of the service's form. */
  readonly id?: string
}

/** One reply of a scripted model, independent of dialect. */
export interface ScriptedReply {
  readonly content?: string | null
  readonly toolCalls?: readonly ScriptedToolCall[]
  readonly refusal?: string
  /** Absent: `tool_calls` where there are any, else `stop`. */
  readonly finishReason?: 'stop' | 'length' | 'tool_calls' | 'content_filter'
}

/** A message as a script reads it. */
export interface TurnMessage {
  readonly role: 'system' | 'developer' | 'user' | 'assistant' | 'tool'
  readonly text: string
  readonly toolCalls: readonly { readonly id: string; readonly name: string; readonly arguments: string }[]
  /** For a tool message: the call it answers. */
  readonly toolCallId: string | null
}

/** What a scripted model knows when it replies. */
export interface ModelTurn {
  readonly messages: readonly TurnMessage[]
  readonly offeredTools: readonly string[]
  /** Replies this model has given in the trial so far. */
  readonly replies: number
  /** The task on whose behalf it was asked; undefined outside any. */
  readonly task: Task | undefined
}

/** A scripted model: a fixed list of replies, or a function of the request. */
export type ModelScript = readonly ScriptedReply[] | ((turn: ModelTurn) => ScriptedReply)

/**
 * The script's reply to a turn.
 *
 * @throws {ShakedownError} of kind `usage` where a fixed script has no reply left
 */
export function scriptedReply(script: ModelScript, turn: ModelTurn, model: string): ScriptedReply {
  if (typeof script === 'function') return script(turn)
  const reply = script[turn.replies]
  if (reply !== undefined) return reply
  throw usageError(
    'SCRIPT_EXHAUSTED',
    `the script of model "${model}" has ${script.length} ${script.length === 1 ? 'reply' : 'replies'} and was asked for one more; add a reply, or give a function of the request.`,
  )
}

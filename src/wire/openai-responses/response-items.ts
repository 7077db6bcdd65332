/** A part of a message; what is neither text nor a refusal is passed over. */
export interface ContentPart {
  readonly type: string
  readonly text?: string
}

export interface MessageItem {
  readonly type?: 'message'
  readonly id?: string
  readonly role: 'user' | 'assistant' | 'system' | 'developer'
  readonly content: string | readonly ContentPart[]
}

export interface FunctionCallItem {
  readonly type: 'function_call'
  readonly id?: string
  readonly call_id: string
  readonly name: string
  readonly arguments: string
}

export interface FunctionCallOutputItem {
  readonly type: 'function_call_output'
  readonly call_id: string
  readonly output: string | readonly ContentPart[]
}

/** Stands for an item that the service has kept; its type may be left out. */
export interface ItemReference {
  readonly type?: 'item_reference' | null
  readonly id: string
}

/** An item that a scripted model does not read, e.g. `reasoning`. */
export interface OpaqueItem {
  readonly type: 'other'
}

/**
 * An item of a conversation, as far as the simulated service reads it.
 *
 * Source of the shape: openai-node 7 (`ResponseInputItem`).
 */
export type InputItem = MessageItem | FunctionCallItem | FunctionCallOutputItem | ItemReference | OpaqueItem

export function isMessage(item: InputItem): item is MessageItem {
  return 'role' in item && (item.type === undefined || item.type === 'message')
}

export function isReference(item: InputItem): item is ItemReference {
  return item.type === 'item_reference' || (!('role' in item) && (item.type === undefined || item.type === null))
}

/** The text of a message or of a tool's result, whatever form it has; a refusal is none, as in the chat dialect. */
export function contentText(content: string | readonly ContentPart[]): string {
  if (typeof content === 'string') return content
  return content.map(({ text }) => text ?? '').join('')
}

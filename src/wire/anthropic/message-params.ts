import type { JsonObject } from '../../contract/json.ts'

/** A block of content that the simulated service reads; others it takes as they are. */
export type ContentBlockParam =
  | { readonly type: 'text'; readonly text: string }
  | { readonly type: 'tool_use'; readonly id: string; readonly name: string; readonly input: JsonObject }
  | { readonly type: 'tool_result'; readonly tool_use_id: string; readonly content?: ContentParam | null }
  | { readonly type: 'image' | 'document' | 'thinking' | 'search_result' }

type ContentParam = string | readonly ContentBlockParam[]

/** A message of a request, as far as the simulated service reads it. */
export interface MessageParam {
  readonly role: 'user' | 'assistant' | 'system'
  readonly content: ContentParam
}

/** What is wrong with a part of a request, as the service says it: the place, then the words. */
export type Complaint = string

/** The blocks of a content, for which a text is shorthand. */
export function contentBlocks(content: ContentParam | null | undefined): readonly ContentBlockParam[] {
  if (content === undefined || content === null) return []
  return typeof content === 'string' ? [{ type: 'text', text: content }] : content
}

/** The text of a content, whatever form it has. */
export function contentText(content: ContentParam | null | undefined): string {
  if (typeof content === 'string') return content
  return contentBlocks(content)
    .map((block) => (block.type === 'text' ? block.text : ''))
    .join('')
}

/**
 * The first thing wrong with the form of messages; null where they are right.
 *
 * Guards of our own instead of a schema: they are the bulk of every call, and the service's words name the place.
 * Source of the words: public notes that measured the answers of the service in August 2026, field by field, and error
 * bodies recorded in public issue threads.
 */
export function messagesComplaint(value: unknown): Complaint | null {
  if (value === undefined) return 'messages: Field required'
  if (!Array.isArray(value)) return 'messages: Input should be a valid array'
  if (value.length === 0) return 'messages: at least one message is required'
  return firstComplaint(value, messageComplaint)
}

function messageComplaint(value: unknown, index: number): Complaint | null {
  const at = `messages.${index}`
  if (!isFields(value)) return `${at}: Input should be an object`
  const { role, content } = value
  if (role === undefined) return `${at}.role: Field required`
  if (role !== 'user' && role !== 'assistant' && role !== 'system') {
    const given = typeof role === 'string' ? role : JSON.stringify(role)
    return `messages: Unexpected role "${given}". Allowed roles are "user" or "assistant"`
  }
  return contentComplaint(content, `${at}.content`)
}

function contentComplaint(value: unknown, at: string): Complaint | null {
  if (value === undefined) return `${at}: Field required`
  if (typeof value === 'string') return null
  if (!Array.isArray(value)) return `${at}: Input should be a valid array`
  return firstComplaint(value, (block, index) => blockComplaint(block, `${at}.${index}`))
}

function blockComplaint(value: unknown, at: string): Complaint | null {
  if (!isFields(value)) return `${at}: Input should be an object`
  switch (value['type']) {
    case undefined:
      return `${at}.type: Field required`
    case 'text':
      return stringComplaint(value, 'text', at)
    case 'tool_use':
      return stringComplaint(value, 'id', at) ?? stringComplaint(value, 'name', at) ?? inputComplaint(value, at)
    case 'tool_result': {
      const { content } = value
      const complaint = content === undefined || content === null ? null : contentComplaint(content, `${at}.content`)
      return stringComplaint(value, 'tool_use_id', at) ?? complaint
    }
    default:
      return null
  }
}

function stringComplaint(block: Fields, field: string, at: string): Complaint | null {
  const place = `${at}.${String(block['type'])}.${field}`
  if (block[field] === undefined) return `${place}: Field required`
  return typeof block[field] === 'string' ? null : `${place}: Input should be a valid string`
}

function inputComplaint({ input }: Fields, at: string): Complaint | null {
  if (input === undefined) return `${at}.tool_use.input: Field required`
  return isFields(input) && !Array.isArray(input) ? null : `${at}.tool_use.input: Input should be an object`
}

function firstComplaint(
  values: readonly unknown[],
  complaintOf: (value: unknown, index: number) => Complaint | null,
): Complaint | null {
  for (const [index, value] of values.entries()) {
    const complaint = complaintOf(value, index)
    if (complaint !== null) return complaint
  }
  return null
}

type Fields = Readonly<Record<string, unknown>>

function isFields(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null
}

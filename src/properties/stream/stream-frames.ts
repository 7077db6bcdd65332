import { readServerSentEvents } from '../../wire/sse/server-sent-events.ts'

type Fields = Readonly<Record<string, unknown>>

/** What one delta of a tool call adds. */
export interface ToolDelta {
  readonly index: number
  readonly name: string
  readonly arguments: string
}

/** One frame of a streamed chat completion. */
export interface Frame {
  readonly data: string
  /** Whether it is JSON at all. */
  readonly isReadable: boolean
  readonly content: string
  readonly toolDeltas: readonly ToolDelta[]
  readonly isFinish: boolean
}

/** The frames of a streamed chat completion up to `[DONE]`, and those that came after it. */
export function readFrames(body: string): { readonly before: readonly Frame[]; readonly after: readonly Frame[] } {
  const all = readServerSentEvents(body).map(({ data }) => data)
  const done = all.indexOf('[DONE]')
  if (done < 0) return { before: all.map(readFrame), after: [] }
  return { before: all.slice(0, done).map(readFrame), after: all.slice(done + 1).map(readFrame) }
}

function readFrame(data: string): Frame {
  const chunk = parse(data)
  const choices = fields(chunk)['choices']
  const choice = fields(Array.isArray(choices) ? choices[0] : undefined)
  const delta = fields(choice['delta'])
  const calls: unknown = delta['tool_calls']
  return {
    data,
    isReadable: chunk !== undefined,
    content: text(delta['content']),
    toolDeltas: Array.isArray(calls) ? calls.map(toolDelta) : [],
    isFinish: text(choice['finish_reason']) !== '',
  }
}

function toolDelta(value: unknown): ToolDelta {
  const { index, function: called } = fields(value)
  const { name, arguments: args } = fields(called)
  return { index: typeof index === 'number' ? index : -1, name: text(name), arguments: text(args) }
}

function parse(data: string): unknown {
  try {
    return JSON.parse(data)
  } catch {
    return undefined
  }
}

function fields(value: unknown): Fields {
  return typeof value === 'object' && value !== null ? { ...value } : {}
}

function text(value: unknown): string {
  return typeof value === 'string' ? value : ''
}

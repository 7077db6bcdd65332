export type Fields = Readonly<Record<string, unknown>>

/** What one frame adds to a tool call. */
export interface ToolDelta {
  /** Which call it belongs to; null for a call that is whole in itself. */
  readonly index: number | null
  /** The identifier of the call, where the dialect may give one with every piece. */
  readonly id?: string
  readonly name: string
  readonly arguments: string
}

/** What one frame of a streamed reply says, whatever its dialect. */
export interface Said {
  readonly content: string
  readonly toolDeltas: readonly ToolDelta[]
  /** Whether the reply is whole with it. */
  readonly isFinish: boolean
  /** Whether nothing may come after it. */
  readonly isEnd: boolean
}

/** One frame of a streamed reply. */
export interface Frame extends Said {
  readonly data: string
  /** Whether it is JSON at all. */
  readonly isReadable: boolean
}

/** What a frame says that tells nothing of the reply. */
export const nothingSaid: Said = { content: '', toolDeltas: [], isFinish: false, isEnd: false }

export function fields(value: unknown): Fields {
  return typeof value === 'object' && value !== null ? { ...value } : {}
}

export function text(value: unknown): string {
  return typeof value === 'string' ? value : ''
}

/** The ordinal that a frame gives; −1 where it gives none. */
export function ordinal(value: unknown): number {
  return typeof value === 'number' ? value : -1
}

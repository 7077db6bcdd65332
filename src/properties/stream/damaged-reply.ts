import type { ToolCall } from '../../contract/event.ts'
import type { Frame } from './frame.ts'
import { readFrames } from './stream-frames.ts'
import type { UnfinishedReply } from './unfinished-reply.ts'

/** What a stream says once repeated and unreadable frames are left out. */
export interface Mended {
  readonly content: string
  readonly toolCalls: readonly Pick<ToolCall, 'name' | 'arguments'>[]
}

/** Reads a streamed reply without its repeated and unreadable frames; null where it has no finish reason even so. */
export function mend(body: string): Mended | null {
  const { before } = readFrames(body)
  const frames = before.filter(({ isReadable, data }, index) => isReadable && data !== before[index - 1]?.data)
  if (!frames.some(({ isFinish }) => isFinish)) return null
  return { content: frames.map(({ content }) => content).join(''), toolCalls: toolCallsOf(frames) }
}

/** The tool calls that the frames of a stream spell, repeated ones included, for whoever reads on over what is unreadable. */
export function speltCalls(body: string): Mended['toolCalls'] {
  return toolCallsOf(readFrames(body).before)
}

/** Whether nothing but unreadable frames keeps a reply from being whole: Z3 judges what is made of it. */
export function hasOnlyDamage({ by, body }: UnfinishedReply): boolean {
  return by === 'cut' && body !== null && mend(body) !== null
}

function toolCallsOf(frames: readonly Frame[]): Mended['toolCalls'] {
  const calls = new Map<number | symbol, { name: string; arguments: string }>()
  for (const { index: numbered, name, arguments: args } of frames.flatMap(({ toolDeltas }) => toolDeltas)) {
    const index = numbered ?? Symbol('a call of its own')
    const call = calls.get(index) ?? { name: '', arguments: '' }
    calls.set(index, { name: name === '' ? call.name : name, arguments: call.arguments + args })
  }
  return [...calls.values()]
}

import { readServerSentEvents } from '../../wire/sse/server-sent-events.ts'
import { readAnthropicEvent } from './anthropic-frame.ts'
import { readBedrockFrames } from './bedrock-frames.ts'
import { readChatChunk } from './chat-frame.ts'
import { type Fields, type Frame, type Said, nothingSaid } from './frame.ts'
import { readGeminiChunk } from './gemini-frame.ts'
import { readResponsesEvent } from './responses-frame.ts'

/** Frames of a stream, those up to its end and those that came after it. */
export interface Frames {
  readonly before: readonly Frame[]
  readonly after: readonly Frame[]
}

const done = '[DONE]'

/**
 * The frames of a streamed reply in whichever dialect, up to its end and after it.
 *
 * The end is `[DONE]` in chat, `response.completed` or `response.incomplete` in Responses, `message_stop` in Anthropic
 * Messages and `messageStop` in Bedrock's Converse. Gemini's streams have no such frame: they end with their connection.
 */
export function readFrames(body: string): Frames {
  const bedrock = readBedrockFrames(body)
  const all = bedrock.length > 0 ? bedrock : readServerSentEvents(body).map(({ data }) => readFrame(data))
  const endAt = all.findIndex(({ isEnd }) => isEnd)
  const isOfReply = ({ data }: Frame): boolean => data !== done
  if (endAt < 0) return { before: all, after: [] }
  return { before: all.slice(0, endAt + 1).filter(isOfReply), after: all.slice(endAt + 1).filter(isOfReply) }
}

/** What ends a stream, as it stands in the body: a text of the model's has its quotes escaped. */
const ending = /\[DONE\]|"type": ?"(?:message_stop|response\.(?:completed|incomplete))"|:event-type[^:]*messageStop/

/** Whether anything can have come after the end of a stream: most bodies need not be read frame by frame. */
export function mayGoOnAfterEnd(body: string): boolean {
  const end = ending.exec(body)
  return end !== null && /data:|contentBlock/.test(body.slice(end.index))
}

function readFrame(data: string): Frame {
  if (data === done) return { data, isReadable: true, ...nothingSaid, isEnd: true }
  const parsed = parse(data)
  return { data, isReadable: parsed !== undefined, ...said(parsed) }
}

/** Each dialect is known by the shape of its frames. */
function said(parsed: unknown): Said {
  const frame: Fields = typeof parsed === 'object' && parsed !== null ? { ...parsed } : {}
  if (Array.isArray(frame['choices'])) return readChatChunk(frame)
  if (Array.isArray(frame['candidates'])) return readGeminiChunk(frame)
  const { type } = frame
  if (typeof type !== 'string') return nothingSaid
  return type.startsWith('response.') ? readResponsesEvent(type, frame) : readAnthropicEvent(type, frame)
}

function parse(data: string): unknown {
  try {
    return JSON.parse(data)
  } catch {
    return undefined
  }
}

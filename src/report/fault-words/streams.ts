import type { FaultWords } from './predicate.ts'

export const streamWords: FaultWords = {
  'sse.cut.chunked': ({ frames }) => `has its stream cut off (other side closed) after ${frames()}`,
  'sse.cut.reset': ({ frames }) => `has its stream cut off (ECONNRESET) after ${frames()}`,
  'sse.cut.close': ({ frames }) => `has its stream end without an error inside the frame after ${frames()}`,
  'sse.cut.clean': ({ frames }) => `has its stream end properly after ${frames()}, without a finish reason`,
  'sse.stall': ({ frames }) => `has its stream fall silent after ${frames()}`,
  'sse.nodone': () => 'is streamed whole, without the [DONE] that usually ends it',
  'sse.slow_first': ({ span }) => `is streamed with its first frame ${span('ms')} late`,
  'sse.slow_tokens': ({ text, span, has }) => {
    const isMore = (name: string): boolean => has(name) && text(name) !== '0'
    const byChance = isMore('jitterMs') ? `, and up to ${span('jitterMs')} by chance` : ''
    const slower = isMore('slowerByMs') ? `, each ${span('slowerByMs')} later than the one before` : ''
    return `is streamed with ${span('ms')} more between its frames${byChance}${slower}`
  },
  'sse.error.openai.chat': ({ frames }) => `is streamed with an error frame in place of the rest after ${frames()}`,
  'sse.malformed': ({ frames }) => `is streamed with a frame that is no JSON after ${frames()}`,
  'sse.error.chunk+error': ({ frames }) => `is streamed with a chunk that holds nothing but an error after ${frames()}`,
  'sse.error.numeric': ({ frames, text }) =>
    `is streamed with an error of the number ${text('code')} after ${frames()}`,
  'sse.partial_json': ({ frames }) => `is streamed with the frame after ${frames()} cut inside its JSON`,
  'sse.reorder': ({ frames }) => `is streamed with the two frames after ${frames()} in the wrong order`,
  'sse.unknown_event': ({ frames }) => `is streamed with an event that nobody knows after ${frames()}`,
  'sse.ping': ({ frames, span }) =>
    `is streamed with nothing but signs of life, ${span('everyMs')} apart, after ${frames()}`,
  'sse.bad_gzip': () => 'is streamed in plain bytes that are said to be gzip',
  'tool.index': ({ text }) => `is streamed with tool calls that are misnumbered: ${text('form')}`,
  'sse.frames.split': ({ text }) =>
    `is streamed in pieces of at most ${text('pieceBytes')} bytes, ${text('framesTogether')} frames at a time, with line ends ${text('lineEnd')}`,
  'sse.utf8.split': () => 'is streamed with its characters of several bytes split',
  'sse.dup': ({ frames }) => `is streamed with the frame after ${frames()} twice`,
  'sse.done_then_more': () => 'is streamed with one more frame after [DONE]',
  'sse.comment': ({ frames, text, span }) =>
    `is streamed with ${text('count')} keep-alive comments, ${span('everyMs')} apart, after ${frames()}`,
  'sse.error.anthropic': ({ frames, text }) => `is streamed with an error event (${text('status')}) after ${frames()}`,
  'sse.error.bedrock': ({ frames, text }) =>
    `is streamed with ${text('exception')} in place of the rest after ${frames()}`,
  'sse.order': ({ text }) => `is streamed with its events out of order: ${text('form')}`,
  'sse.error.responses.nested': ({ frames }) =>
    `is streamed with an error event and a failed response after ${frames()}`,
  'sse.error.responses.flat': ({ frames }) => `is streamed with an error event in place of the rest after ${frames()}`,
  'sse.failed.responses': ({ frames, text }) => `has its response fail with ${text('code')} after ${frames()}`,
}

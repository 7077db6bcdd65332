import type { FaultWords } from './predicate.ts'

export const wrongReplyWords: FaultWords = {
  'finish.length': () => 'is answered with a text that is cut at the limit of tokens',
  'finish.length+tool': ({ text }) =>
    `is answered with the arguments of a tool call cut, under the finish reason ${text('finishReason')}`,
  'finish.content_filter': ({ text }) => `is answered through a content filter that keeps ${text('keeps')}`,
  refusal: () => 'is declined by the model',
  'empty.content': ({ text }) => `is answered with nothing (${text('form')}) as the end of the turn`,
  'finish.mismatch': () => 'is answered with a finish reason that contradicts the reply',
  'stop.pause_turn': () => 'is answered with a paused turn',
  'stop.window': () => 'is answered with the context window full',
  'tool.unknown': ({ text }) => `is answered with a call of a tool that was not offered: ${text('name')}`,
  'tool.badjson': ({ text }) => `is answered with arguments of a tool that are no JSON object: ${text('form')}`,
  'tool.schema': ({ text }) => `is answered with arguments of a tool against its schema: ${text('form')}`,
  'tool.dup_id': ({ text }) => `is answered with a wrong identifier of a tool call: ${text('form')}`,
  'tool.flood': ({ text }) => `is answered with ${text('calls')} equal tool calls`,
  'gemini.malformed_call': () => 'is answered with a function call that was malformed, and nothing else',
  'gemini.safety': ({ text }) => `is answered with an end for SAFETY that keeps ${text('keeps')}`,
  'gemini.blocked': ({ text }) => `is answered with its prompt blocked (${text('blockReason') || 'for no reason'})`,
  'tool.loop': () => 'is answered with the last tool call of the history once more',
  'content.degraded': ({ text }) => `is answered with words that are worth less than they should be: ${text('form')}`,
  'tool.as_text': () => 'is answered with a tool call in its text alone',
  'empty.choices': () => 'is answered with an empty list of what the model said',
  usage: ({ text }) => `is answered with a usage that is wrong: ${text('form')}`,
  'model.swapped': ({ text }) => `is answered by another model, ${text('model')}`,
  'body.invalid_json': ({ text }) => `is answered with a body that is no JSON: ${text('form')}`,
  'body.wrong_type': () => 'is answered with an HTML page to sign in',
  'body.missing_fields': () => 'is answered with a body without what the model said',
  'body.huge': ({ text }) => `is answered with a body that is ${text('kibibytes')} KiB longer than it should be`,
  'content.unknown_block': ({ text }) =>
    `is answered with a part of a type that nobody knows, ${text('place')} among the others`,
  'sse.as_json': ({ text }) => `comes as ${text('form')}, which was not asked for`,
}

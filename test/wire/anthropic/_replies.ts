import * as fc from 'fast-check'
import type { ScriptedReply } from '../../../src/wire/model-script.ts'

/** Texts with what breaks naive readers: tokens that end within a character, half characters, markers, line ends. */
export const texts = fc.oneof(
  fc.string({ unit: 'binary' }),
  fc.string(),
  fc.constantFrom('<|endoftext|>', 'Größe ⛵ 日本語', '\ud83d', 'a\r\n\ndata: {}\n\nevent: error'),
)

const finishReason = fc.constantFrom('stop', 'length', 'tool_calls', 'content_filter')

function replies(callArguments: fc.Arbitrary<NonNullable<ScriptedReply['toolCalls']>[number]['arguments']>) {
  const toolCall = fc.record(
    { name: fc.constantFrom('look_up', 'refund'), arguments: callArguments, id: fc.constantFrom('toolu_a', 'toolu_b') },
    { requiredKeys: ['name', 'arguments'] },
  )
  return fc.record(
    { content: fc.option(texts), toolCalls: fc.array(toolCall, { maxLength: 3 }), refusal: texts, finishReason },
    { requiredKeys: [] },
  ) as fc.Arbitrary<ScriptedReply>
}

const objects = fc
  .dictionary(fc.string(), fc.jsonValue(), { noNullPrototype: true })
  .map((object) => JSON.stringify(object))
  .map((text) => JSON.parse(text) as Record<string, never>)

/** Replies whose calls have the arguments that the service's own have: JSON objects, as objects or as text. */
export const soundReplies = replies(
  fc.oneof(
    objects,
    objects.map((object) => JSON.stringify(object, null, 2)),
  ),
)

/** Replies with any arguments that a script can write. */
export const anyReplies = replies(fc.oneof(objects, fc.string({ unit: 'binary' }), fc.json()))

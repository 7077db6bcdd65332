import * as fc from 'fast-check'
import type { ScriptedReply } from '../../../src/wire/model-script.ts'

const text = fc.oneof(fc.string({ unit: 'binary' }), fc.constantFrom('<|endoftext|>', 'Größe ⛵ 日本語', '\ud83d', ''))

/** Every kind of reply that a script can give. */
export const scriptedReplies: fc.Arbitrary<ScriptedReply> = fc.record(
  {
    content: fc.option(text),
    refusal: text,
    toolCalls: fc.array(
      fc.record({
        name: fc.constantFrom('look_up', 'refund'),
        arguments: fc.oneof(fc.json(), fc.string(), fc.dictionary(fc.string(), fc.integer())),
      }),
      { maxLength: 3 },
    ),
    finishReason: fc.constantFrom('stop', 'length', 'tool_calls', 'content_filter'),
  },
  { requiredKeys: [] },
)

import { defineUnfinishedProperty } from './define-unfinished-property.ts'

/** Z1: nothing is done that only half a sentence asks for. */
export const wholeToolCall = defineUnfinishedProperty({
  id: 'Z1',
  name: 'stream.whole-tool-call',
  statement:
    'No tool is called because of a streamed reply that never became whole (cut, stalled, given up): neither after its end, where it was the last thing a model said in the task, nor while it was still coming.',
  by: 'cut',
  judgesTools: true,
  judgesAnswers: false,
})

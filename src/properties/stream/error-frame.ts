import { defineUnfinishedProperty } from './define-unfinished-property.ts'

/** Z4: an error inside a stream makes the reply a failure. */
export const errorFrame = defineUnfinishedProperty({
  id: 'Z4',
  name: 'stream.error-frame',
  statement:
    'Where a stream tells of an error after it has begun, no tool is called because of what had come before, and the task does not end with `end_turn` and that text as its answer, unless it claims to be degraded.',
  by: 'error frame',
  judgesTools: true,
  judgesAnswers: true,
})

import { defineUnfinishedProperty } from './define-unfinished-property.ts'

/** Z11: a stream that merely stops has not succeeded. */
export const missingEnd = defineUnfinishedProperty({
  id: 'Z11',
  name: 'stream.missing-end',
  statement:
    'A stream that ends without a finish reason is not taken for a success, whether its connection broke or closed properly: the task does not end with `end_turn` and the text that had come as its answer, spaces aside, unless it claims to be degraded or a whole reply of the trial says the same.',
  by: 'cut',
  judgesTools: false,
  judgesAnswers: true,
})

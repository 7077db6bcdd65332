import type { DefinedProperty } from '../define-property.ts'
import { abortOnTime } from './abort-on-time.ts'
import { blindRepetition } from './blind-repetition.ts'
import { everyCallEnds } from './every-call-ends.ts'
import { idleStream } from './idle-stream.ts'
import { lateAnswer } from './late-answer.ts'
import { nestedDeadlines } from './nested-deadlines.ts'
import { quiescence } from './quiescence.ts'

/** T1 to T7, in order. */
export const timeoutProperties: readonly DefinedProperty[] = [
  everyCallEnds,
  nestedDeadlines,
  abortOnTime,
  lateAnswer,
  idleStream,
  quiescence,
  blindRepetition,
]

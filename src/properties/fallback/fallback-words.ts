import { quote } from '../quote.ts'
import { inSeconds } from '../virtual-time.ts'
import type { SourceCall } from './source-call.ts'
import type { TaskLine } from './task-line.ts'

/** Names a task for a sentence: `task "refund-1"`. */
export function taskWords({ id }: Pick<TaskLine, 'id'>): string {
  return `task ${quote(id)}`
}

/** Names a request with its time and its end: `call 3, sent at 0.100 s, was answered 500 at 0.400 s`. */
export function callEndWords({ call, sentAt, ending }: SourceCall): string {
  return `call ${call}, sent at ${inSeconds(sentAt)}, ${ending}`
}

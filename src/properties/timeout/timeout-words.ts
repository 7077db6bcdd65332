import type { NamedCall } from '../call-words.ts'
import { callWords } from '../call-words.ts'
import { inSeconds } from '../virtual-time.ts'
import type { Due, TimedCall } from './timed-call.ts'

/** Names a call with its ordinal and time: `the model call to "openai" sent at 0.100 s (call 3)`. */
export function timedWords(call: NamedCall & Pick<TimedCall, 'call' | 'sentAt'>): string {
  return `${callWords(call)} sent at ${inSeconds(call.sentAt)} (call ${call.call})`
}

/** Names a bound with its value and where it ends: `modelMs is 5.000 s, which were over at 6.250 s`. */
export function dueWords({ bound, ms, at }: Due): string {
  return `\`timeouts.${bound}\` is ${inSeconds(ms)}, and that was over at ${inSeconds(at)}`
}

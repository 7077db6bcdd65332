import { epochMs } from '../../contract/epoch.ts'
import type { RecordedHeaders } from '../../contract/event.ts'

/**
 * What the headers of an answer say about the next attempt.
 *
 * `none` nothing, or nothing that anybody could obey; `unclear` something that one reader may obey and another may
 * not; `wait` a valid demand, with the virtual time before which no attempt may begin.
 */
export type RetryHint =
  | { readonly kind: 'none' }
  | { readonly kind: 'unclear' }
  | { readonly kind: 'wait'; readonly untilMs: number; readonly waitMs: number; readonly header: string }

const none: RetryHint = { kind: 'none' }
const unclear: RetryHint = { kind: 'unclear' }
const number = /^\d+(\.\d+)?$/
const httpDate =
  /^(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun), \d\d (?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec) \d{4} \d\d:\d\d:\d\d GMT$/

/**
 * Reads `retry-after-ms`, where it is valid, else `retry-after` in seconds (with fraction) or as an HTTP date
 * (RFC 9110, sections 10.2.3 and 5.6.7), of an answer that ended at `endedAt`.
 *
 * Fractions of a millisecond are forgiven: timers count whole ones. Negative, empty, past and malformed values
 * demand nothing; the two obsolete date formats, and text that merely begins with a number, are `unclear`.
 */
export function readRetryHint(headers: RecordedHeaders, endedAt: number): RetryHint {
  const milliseconds = read('retry-after-ms', headers['retry-after-ms'], 1, endedAt)
  if (milliseconds.kind === 'wait') return milliseconds
  const seconds = read('retry-after', headers['retry-after'], 1_000, endedAt)
  return seconds.kind === 'none' ? milliseconds : seconds
}

function read(name: string, value: string | undefined, unitMs: number, endedAt: number): RetryHint {
  const text = value?.trim() ?? ''
  if (number.test(text)) return waitFor(Math.floor(withoutNoise(Number(text) * unitMs)), `${name}: ${text}`, endedAt)
  if (unitMs > 1 && httpDate.test(text)) return waitUntil(Date.parse(text), `${name}: ${text}`, endedAt)
  return Number.parseFloat(text) > 0 || /\d{2}:\d{2}/.test(text) ? unclear : none
}

function waitFor(waitMs: number, header: string, endedAt: number): RetryHint {
  return { kind: 'wait', waitMs, untilMs: endedAt + waitMs, header }
}

function waitUntil(dateMs: number, header: string, endedAt: number): RetryHint {
  const untilMs = dateMs - epochMs
  if (Number.isNaN(untilMs)) return unclear
  return untilMs > endedAt ? { kind: 'wait', waitMs: untilMs - endedAt, untilMs, header } : none
}

/** 4.035 s is 4035 ms, although the product of the doubles is a little more or less. */
function withoutNoise(milliseconds: number): number {
  return Math.round(milliseconds * 1_000) / 1_000
}

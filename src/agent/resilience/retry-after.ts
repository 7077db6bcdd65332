/** Reads how long the server asked to be left alone, in milliseconds; null where it did not say so intelligibly. */
export type RetryAfter = (headers: Headers, nowMs?: number) => number | null

/**
 * Reads `retry-after-ms` and `retry-after` (seconds, fractions too, or an HTTP date), rounded up to whole milliseconds.
 *
 * A date is held against the answer's own `date`, where it has one: the clock of this process may be wrong, and a number
 * of seconds would not ask it either.
 * Where both are present and differ, the longer wait counts: an attempt before either would break a promise.
 * Empty, malformed, negative and past values are no hint at all, and neither is zero: an immediate attempt on a server
 * that just refused one would be a hot loop, so the normal backoff applies.
 */
export const readRetryAfter: RetryAfter = (headers, nowMs = Date.now()) => {
  const sentMs = fromHttpDate(headers.get('date'), 0) ?? nowMs
  const hints = [fromNumber(headers.get('retry-after-ms'), 1), fromRetryAfter(headers.get('retry-after'), sentMs)]
  const longest = Math.max(...hints.map((hint) => hint ?? 0))
  return longest > 0 ? Math.ceil(longest) : null
}

function fromRetryAfter(value: string | null, nowMs: number): number | null {
  return fromNumber(value, 1_000) ?? fromHttpDate(value, nowMs)
}

function fromNumber(value: string | null, unitMs: number): number | null {
  const text = value?.trim() ?? ''
  // Rounding away float noise first: 4.035 s is 4035 ms, not 4036.
  return /^\d+(\.\d+)?$/.test(text) ? Math.round(Number(text) * unitMs * 1_000) / 1_000 : null
}

/** The three date forms of RFC 9110 section 5.6.7; the oldest carries no zone and means GMT. */
function fromHttpDate(value: string | null, nowMs: number): number | null {
  const text = value?.trim() ?? ''
  if (!/^(mon|tue|wed|thu|fri|sat|sun)/i.test(text)) return null
  const dueMs = Date.parse(/gmt$/i.test(text) ? text : `${text} GMT`)
  return Number.isNaN(dueMs) ? null : dueMs - nowMs
}

import { epochMs } from '../../contract/epoch.ts'

/** Every form of the hint that is seen in the field, the useless ones included. */
export const retryAfterForms = [
  'zero',
  'fraction',
  'seconds_59',
  'seconds_60',
  'seconds_61',
  'seconds_3600',
  'negative',
  'empty',
  'word',
  'date',
  'past_date',
  'milliseconds',
  'milliseconds_contradict',
  'should_not_retry',
] as const

export type RetryAfterForm = (typeof retryAfterForms)[number]

/**
 * The headers of one form.
 *
 * @param nowMs virtual milliseconds at which the reply is sent, for the forms that are dates
 */
export function retryAfterHeaders(form: RetryAfterForm, nowMs: number): Record<string, string> {
  switch (form) {
    case 'zero':
      return { 'retry-after': '0' }
    case 'fraction':
      return { 'retry-after': '0.5' }
    case 'seconds_59':
      return { 'retry-after': '59' }
    case 'seconds_60':
      return { 'retry-after': '60' }
    case 'seconds_61':
      return { 'retry-after': '61' }
    case 'seconds_3600':
      return { 'retry-after': '3600' }
    case 'negative':
      return { 'retry-after': '-1' }
    case 'empty':
      return { 'retry-after': '' }
    case 'word':
      return { 'retry-after': 'soon' }
    case 'date':
      return { date: dateOf(nowMs), 'retry-after': httpDate(nowMs + 12_000) }
    case 'past_date':
      return { date: dateOf(nowMs), 'retry-after': httpDate(nowMs - 60_000) }
    case 'milliseconds':
      return { 'retry-after-ms': '2750' }
    case 'milliseconds_contradict':
      return { 'retry-after-ms': '4000', 'retry-after': '1' }
    case 'should_not_retry':
      return { 'retry-after': '1', 'x-should-retry': 'false' }
  }
}

/**
 * The time by the service's own clock, in whole seconds that have passed: what a date means to a client whose clock is
 * wrong. Servers send it with every answer (RFC 9110 section 6.6.1); here it is left out where nothing depends on it.
 */
function dateOf(virtualMs: number): string {
  return httpDate(Math.floor(virtualMs / 1000) * 1000)
}

/** An HTTP date (RFC 9110 section 5.6.7) of a virtual time; whole seconds, rounded up. */
function httpDate(virtualMs: number): string {
  return new Date(Math.ceil((epochMs + virtualMs) / 1000) * 1000).toUTCString()
}

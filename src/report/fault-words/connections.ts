import type { FaultWords } from './predicate.ts'

export const connectionWords: FaultWords = {
  'net.refused': () => 'finds its connection refused (ECONNREFUSED), and nothing was sent',
  'net.reset': ({ text }) =>
    `is cut off (ECONNRESET) ${text('isWorkDone') === 'true' ? 'after' : 'before'} its work is done`,
  'latency.fixed': ({ span }) => `is answered ${span('ms')} late`,
  'latency.uniform': ({ span }) => `is answered ${span('minMs')} to ${span('maxMs')} late`,
  'latency.lognormal': ({ span }) =>
    `is answered late, by a median of ${span('p50Ms')} and a 99th percentile of ${span('p99Ms')}`,
  'latency.until': ({ span }) => `is held back until ${span('untilMs')}`,
  'net.close': () => 'has its connection closed without an answer',
  'net.hang.headers': () => 'is accepted and never answered',
  'net.hang.connect': () => 'finds no connection within 10 s, and nothing was sent',
}

import type { FaultWords } from './predicate.ts'

export const connectionWords: FaultWords = {
  'net.refused': () => 'finds its connection refused (ECONNREFUSED), and nothing was sent',
  'net.reset': ({ text }) =>
    `is cut off (ECONNRESET) ${text('isWorkDone') === 'true' ? 'after' : 'before'} its work is done`,
  'latency.fixed': ({ span }) => `is answered ${span('ms')} late`,
  'latency.degrading': ({ span }) => `is answered ${span('stepMs')} later than the one before`,
  'latency.uniform': ({ span }) => `is answered ${span('minMs')} to ${span('maxMs')} late`,
  'latency.lognormal': ({ span }) =>
    `is answered late, by a median of ${span('p50Ms')} and a 99th percentile of ${span('p99Ms')}`,
  'latency.until': ({ span }) => `is held back until ${span('untilMs')}`,
  'net.close': () => 'has its connection closed without an answer',
  'net.hang.headers': () => 'is accepted and never answered',
  'net.dns': ({ text }) => `finds the name of its host unresolved (${text('code')}), and nothing was sent`,
  'net.tls': ({ text }) => `finds a certificate it cannot trust (${text('code')}), and nothing was sent`,
  'net.not_http': () => 'is answered by something that speaks no HTTP',
  'net.redirect_loop': () => 'is redirected to itself without end',
  'net.length': ({ text }) =>
    `is answered with a body that ends after ${text('afterBytes')} bytes, short of its length`,
  'net.limit_data': ({ text }) => `has its connection closed after ${text('afterBytes')} bytes of the body`,
  'net.bad_chunk': ({ text }) =>
    text('afterBytes') === '0'
      ? 'is answered with a body that cannot be read: its first chunk has no valid size'
      : `is answered with a body that cannot be read beyond ${text('afterBytes')} bytes: its next chunk has no valid size`,
  'net.bandwidth': ({ text }) => `is answered at ${text('bytesPerSecond')} bytes a second`,
  'net.slow_close': ({ span }) =>
    `is answered, but its connection, whose closing ends the answer, stays open for ${span('ms')} more`,
  'net.hang.connect': () => 'finds no connection within 10 s, and nothing was sent',
}

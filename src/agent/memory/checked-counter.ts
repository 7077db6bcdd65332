import type { ModelRequest } from '../providers/provider.ts'
import type { TokenCounter } from './token-counter.ts'

/**
 * A counter of the user's own, with another one behind it.
 *
 * Counting is a precaution: a counter that throws, or gives what is no number of tokens, must not keep a request from
 * being sent. One that has failed is not asked again: make it anew for each step.
 */
export function checkedCounter(own: TokenCounter, other: TokenCounter): TokenCounter {
  let hasFailed = false
  const checked = (count: (counter: TokenCounter) => number): number => {
    if (hasFailed) return count(other)
    try {
      const tokens = count(own)
      if (Number.isFinite(tokens) && tokens >= 0) return tokens
    } catch {
      // The other one counts.
    }
    hasFailed = true
    return count(other)
  }
  return {
    basis: own.basis,
    text: (text) => checked((counter) => counter.text(text)),
    request: (request: ModelRequest) => checked((counter) => counter.request(request)),
    reserved: (request: ModelRequest) => checked((counter) => counter.reserved(request)),
  }
}

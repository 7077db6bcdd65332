import type { Backoff } from '../../contract/profile.ts'
import type { Conclusion, Samples } from '../../contract/property.ts'
import { type BucketCounts, bestFit, chanceOfOneBucket, sum } from './jitter-fit.ts'
import { buckets } from './jitter-law.ts'

/** Level of the test, over all samples of a search. */
export const alpha = 0.001
/** Waits that a deadline or a cancellation cuts off are never seen; so small a distance may come of that. */
export const tolerated = 0.05
/** Fewer waits than this show nothing of their law. */
const fewest = 50

/** What the places of observed waits in their ranges, `<attempt> <bucket>`, say of the declared law. */
export function concludeJitter(samples: Samples, backoff: Backoff | undefined): Conclusion {
  if (!backoff) return { verdict: 'vacuous', sentence: 'no backoff is declared' }
  if (backoff.jitter === 'none') return concludeConstant(samples)
  const counts = countsOf(samples)
  const total = sum([...counts.values()].map(sum))
  if (chanceOfOneBucket(counts, backoff) < alpha) {
    return { verdict: 'violated', sentence: `all ${total} waits had the same place in their range: there is no jitter` }
  }
  if (total < fewest) return { verdict: 'vacuous', sentence: `${total} waits are too few to show their law` }
  const { p, distance } = bestFit(counts, backoff)
  const figures = `p = ${p < 1e-3 ? p.toExponential(1) : p.toPrecision(2)}, distance ${distance.toFixed(3)}`
  return p < alpha && distance > tolerated
    ? {
        verdict: 'violated',
        sentence: `${total} waits do not follow the declared "${backoff.jitter}" jitter (${figures})`,
      }
    : {
        verdict: 'holds',
        sentence: `${total} waits are in keeping with the declared "${backoff.jitter}" jitter (${figures})`,
      }
}

function concludeConstant(samples: Samples): Conclusion {
  const places = new Map<string, Set<string>>()
  for (const key of Object.keys(samples)) {
    const [attempt = '', place = ''] = key.split(' ')
    places.set(attempt, (places.get(attempt) ?? new Set()).add(place))
  }
  const total = sum(Object.values(samples))
  if (total < 2) return { verdict: 'vacuous', sentence: `${total} waits are too few to show whether they vary` }
  const varying = [...places].find(([, values]) => values.size > 1)
  return varying
    ? { verdict: 'violated', sentence: `the waits after attempt ${varying[0]} vary, though no jitter is declared` }
    : { verdict: 'holds', sentence: `${total} waits did not vary` }
}

function countsOf(samples: Samples): BucketCounts {
  const counts = new Map<number, number[]>()
  for (const [key, count] of Object.entries(samples)) {
    const [attempt = 0, bucket = 0] = key.split(' ').map(Number)
    const known = counts.get(attempt) ?? Array<number>(buckets).fill(0)
    known[bucket] = (known[bucket] ?? 0) + count
    counts.set(attempt, known)
  }
  return counts
}

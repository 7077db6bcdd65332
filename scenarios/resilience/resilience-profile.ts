import type { ProfileInput } from 'shakedown'
import { resilienceNumbers as numbers } from './resilience-numbers.ts'

/**
 * What the library's agent declares of itself.
 *
 * @param stream whether it asks for streams: only then are there pieces to wait for
 */
export function resilienceProfile({ stream = true }: { readonly stream?: boolean } = {}): ProfileInput {
  const { modelMs, toolMs, stepMs, taskMs } = numbers.timeouts
  return {
    maxSteps: numbers.maxSteps,
    terminationMs: 120_000,
    retry: { ...numbers.retry, backoff: numbers.backoff },
    timeouts: stream ? numbers.timeouts : { modelMs, toolMs, stepMs, taskMs },
    breaker: {
      ...numbers.breaker,
      whileProbing: 'refuse',
      rateLimitsCount: true,
      indeterminateCounts: true,
    },
    bulkheads: [{ guards: [{ kind: 'model' }], ...numbers.bulkhead }],
    fallback: {
      chain: [
        { source: 'primary', upstream: 'primary', model: 'gpt-5-mini' },
        { source: 'cache', cache: { maxStaleMs: numbers.maxStaleMs } },
        {
          source: 'simplified',
          upstream: 'backup',
          model: 'desk-small',
          windowTokens: numbers.backupWindowTokens,
          tools: [],
        },
        { source: 'template' },
        { source: 'emergency' },
        { source: 'safe_mode' },
      ],
      returnMs: 90_000,
      maxCostMultiple: 2,
    },
    accuracy: { minimumTrials: 100 },
    tools: { effectful: ['reserve_book'] },
  }
}

import type { ProfileInput } from 'shakedown'
import { summaryWords } from '../../src/agent/memory/summary-request.ts'
import { wholeNumbers as numbers } from './whole-numbers.ts'

/** What the support agent with all its parts declares of itself. */
export const wholeProfile: ProfileInput = {
  maxSteps: numbers.maxSteps,
  terminationMs: 120_000,
  retry: { ...numbers.retry, backoff: numbers.backoff },
  timeouts: numbers.timeouts,
  breaker: {
    ...numbers.breaker,
    whileProbing: 'refuse',
    rateLimitsCount: true,
    indeterminateCounts: true,
    survivesRestart: true,
  },
  bulkheads: [{ guards: [{ kind: 'model' }], ...numbers.bulkhead }],
  fallback: {
    chain: [
      { source: 'primary', upstream: 'primary', model: 'gpt-5-mini', windowTokens: numbers.windowTokens },
      { source: 'cache', cache: { maxStaleMs: numbers.maxStaleMs } },
      {
        source: 'simplified',
        upstream: 'backup',
        model: 'claude-haiku-4-5',
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
  summaries: { instructions: summaryWords },
  tools: {
    forbidden: ['delete_customer'],
    gated: ['issue_refund'],
    effectful: ['issue_refund', 'send_email', 'delete_customer'],
  },
}

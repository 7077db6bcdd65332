/**
 * The ways in which breakers are known to be wrong, each as the rest of the sentence "it would be explained if".
 *
 * Where no permitted behaviour explains a trace, the one that does tells which property is at stake.
 */
export const deviations = {
  neutralFails: { property: 'B10', words: 'calls that ended neutrally counted as failures' },
  neutralResets: { property: 'B10', words: 'calls that ended neutrally counted as successes' },
  neutralCloses: { property: 'B10', words: 'a probe that ended neutrally closed the breaker' },
  neutralKeepsPermit: { property: 'B10', words: 'a probe that ended neutrally did not return its permit' },
  cancelledCloses: { property: 'B11', words: 'a cancelled probe closed the breaker' },
  cancelledKeepsPermit: { property: 'B11', words: 'a cancelled probe did not return its permit' },
  stragglersCount: { property: 'B12', words: 'calls admitted before the breaker changed its state counted after it' },
  stragglersClose: {
    property: 'B12',
    words: 'the success of a call admitted before the breaker opened closed it',
  },
  stragglersExtend: { property: 'B4', words: 'calls that failed while the breaker was open prolonged its cooldown' },
  failuresSurvive: { property: 'B9', words: 'failures from before the breaker closed still counted' },
  nothingExpires: { property: 'B20', words: 'calls that had left the window still counted' },
  otherComparison: { property: 'B21', words: 'a rate of exactly the threshold was treated the other way' },
  slowIgnored: { property: 'B19', words: 'slow calls did not count' },
  growthSurvives: { property: 'B8', words: 'the cooldown that failed probes had lengthened outlived the closing' },
  hungKeepsPermit: { property: 'B13', words: 'a probe that never ended kept its permit' },
  successDoesNotClose: { property: 'B7', words: 'successful probes did not close the breaker' },
  oneAnInstant: { property: 'B18', words: 'of several calls that ended at one instant only the first counted' },
  mergedUpstreams: { property: 'B16', words: 'all guarded upstreams shared one breaker' },
  otherSharing: { property: 'B17', words: 'the breaker was shared between tasks otherwise than declared' },
  fallbackCounts: { property: 'B25', words: 'the success of another source counted for this upstream' },
  bulkheadCounts: { property: 'B25', words: 'refusals by the bulkhead counted as failures' },
} as const

export type Deviation = keyof typeof deviations

/** Those that may explain why a half-open breaker let more calls through than its probes. */
export const probeDeviations: readonly Deviation[] = [
  'cancelledCloses',
  'neutralCloses',
  'stragglersClose',
  'stragglersCount',
]

/** Those that may explain a call which had to be refused, the most particular first. */
export const laxDeviations: readonly Deviation[] = [
  ...probeDeviations,
  ...(['neutralResets', 'fallbackCounts', 'oneAnInstant'] as const),
  ...(['slowIgnored', 'otherComparison', 'otherSharing'] as const),
]

/** Those that may explain a refusal of a call which had to be let through, the most particular first. */
export const strictDeviations: readonly Deviation[] = [
  ...(['cancelledKeepsPermit', 'neutralKeepsPermit', 'hungKeepsPermit', 'neutralFails', 'bulkheadCounts'] as const),
  ...(['stragglersExtend', 'growthSurvives', 'successDoesNotClose', 'failuresSurvive', 'stragglersCount'] as const),
  ...(['nothingExpires', 'otherComparison', 'mergedUpstreams', 'otherSharing'] as const),
]

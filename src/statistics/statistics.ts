import { clopperPearson } from './clopper-pearson.ts'
import { clusterOf, clusterOfCounts, clusterOfPairs } from './cluster.ts'
import { clusteredInterval, clusteredMean } from './clustered-mean.ts'
import { confidenceSequence } from './confidence-sequence.ts'
import { correlation } from './correlation.ts'
import { designEffect, observedDesignEffect } from './design-effect.ts'
import { eValue, logEValue } from './e-value.ts'
import { effectiveTrials, kornGraubard } from './korn-graubard.ts'
import { meanPassHatK } from './mean-pass-hat-k.ts'
import { pairedDifference } from './paired-difference.ts'
import { passAtK } from './pass-at-k.ts'
import { passHatK } from './pass-hat-k.ts'
import { rejectsRate } from './rejects-rate.ts'
import { wilson } from './wilson.ts'

/**
 * The formulas behind every figure of a report, for programs that read `results.json` and count on.
 *
 * All are pure, take counts or scores, and return numbers. Rates, levels and bounds are shares of 0 to 1, never percent;
 * `alpha` is one minus the coverage of a two-sided interval and is 0.05 unless stated. What cannot be (more successes than
 * trials, a rate above 1, NaN) throws a `ShakedownError` of kind `usage`; what the data cannot tell is null.
 */
export const statistics = {
  clopperPearson,
  clusteredInterval,
  clusteredMean,
  clusterOf,
  clusterOfCounts,
  clusterOfPairs,
  confidenceSequence,
  correlation,
  designEffect,
  effectiveTrials,
  eValue,
  kornGraubard,
  logEValue,
  meanPassHatK,
  observedDesignEffect,
  pairedDifference,
  passAtK,
  passHatK,
  rejectsRate,
  wilson,
} as const

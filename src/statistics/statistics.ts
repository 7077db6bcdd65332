import { binomialTest } from './binomial-test.ts'
import { boundedSequence } from './bounded-sequence.ts'
import { brier } from './brier.ts'
import { calibrationError } from './calibration-error.ts'
import { clopperPearson } from './clopper-pearson.ts'
import { clusterOf, clusterOfCounts, clusterOfPairs } from './cluster.ts'
import { clusteredInterval, clusteredMean } from './clustered-mean.ts'
import { eBenjaminiHochberg, meanEValue } from './combine-e-values.ts'
import { confidenceSequence } from './confidence-sequence.ts'
import { correlation } from './correlation.ts'
import { designEffect, observedDesignEffect } from './design-effect.ts'
import { eValue, logEValue } from './e-value.ts'
import { fewestTrials } from './fewest-trials.ts'
import { benjaminiHochberg, holm } from './adjusted-p-values.ts'
import { jeffreys } from './jeffreys.ts'
import { effectiveTrials, kornGraubard } from './korn-graubard.ts'
import { mcNemar } from './mc-nemar.ts'
import { meanPassHatK } from './mean-pass-hat-k.ts'
import { midP } from './mid-p.ts'
import { newcombe } from './newcombe.ts'
import { newcombePaired } from './newcombe-paired.ts'
import { pairedDifference } from './paired-difference.ts'
import { passAtK } from './pass-at-k.ts'
import { passHatKRange } from './pass-hat-k-range.ts'
import { passHatK } from './pass-hat-k.ts'
import { rejectsRate } from './rejects-rate.ts'
import { tasksToCompare } from './sample-size.ts'
import { sequentialCourse } from './sequential-course.ts'
import { expectedTrials, sequentialDecision, sequentialTest } from './sequential-test.ts'
import { trialsToResolve } from './trials-to-resolve.ts'
import { verdictChances } from './verdict-chances.ts'
import { wald } from './wald.ts'
import { wilson } from './wilson.ts'
import { wilsonCorrected } from './wilson-corrected.ts'

/**
 * The formulas behind every figure of a report, for programs that read `results.json` and count on.
 *
 * All are pure, take counts or scores, and return numbers. Rates, levels and bounds are shares of 0 to 1, never percent;
 * `alpha` is one minus the coverage of a two-sided interval and is 0.05 unless stated. What cannot be (more successes than
 * trials, a rate above 1, NaN) throws a `ShakedownError` of kind `usage`; what the data cannot tell is null.
 */
export const statistics = {
  benjaminiHochberg,
  binomialTest,
  boundedSequence,
  brier,
  calibrationError,
  clopperPearson,
  clusteredInterval,
  clusteredMean,
  clusterOf,
  clusterOfCounts,
  clusterOfPairs,
  confidenceSequence,
  correlation,
  designEffect,
  eBenjaminiHochberg,
  effectiveTrials,
  eValue,
  expectedTrials,
  fewestTrials,
  holm,
  jeffreys,
  kornGraubard,
  logEValue,
  mcNemar,
  meanEValue,
  meanPassHatK,
  midP,
  newcombe,
  newcombePaired,
  observedDesignEffect,
  pairedDifference,
  passAtK,
  passHatK,
  passHatKRange,
  rejectsRate,
  sequentialCourse,
  sequentialDecision,
  sequentialTest,
  tasksToCompare,
  trialsToResolve,
  verdictChances,
  wald,
  wilson,
  wilsonCorrected,
} as const

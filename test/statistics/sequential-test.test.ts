import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { sequentialCourse } from '../../src/statistics/sequential-course.ts'
import { expectedTrials, sequentialDecision, sequentialTest } from '../../src/statistics/sequential-test.ts'

const test = sequentialTest({ good: 0.95, bad: 0.9, alpha: 0.05, beta: 0.05 })

describe('the sequential test', () => {
  it('has the reference boundaries and steps', () => {
    expect(test.rejectAt).toBeCloseTo(2.944438979, 9)
    expect(test.acceptAt).toBeCloseTo(-2.944438979, 9)
    expect(test.perFailure).toBeCloseTo(0.69314718, 8)
    expect(test.perSuccess).toBeCloseTo(-0.054067221, 9)
  })

  it('accepts after 55 straight successes and rejects after 5 straight failures, and not before', () => {
    expect([54, 55].map((count) => sequentialDecision(test, count, count))).toEqual(['continue', 'accept'])
    expect([4, 5].map((count) => sequentialDecision(test, 0, count))).toEqual(['continue', 'reject'])
    expect(sequentialDecision(test, 0, 0)).toBe('continue')
  })

  it('expects 158.6 trials at the good rate and 128.3 at the bad one', () => {
    expect(expectedTrials(test).atGood).toBeCloseTo(158.6, 1)
    expect(expectedTrials(test).atBad).toBeCloseTo(128.3, 1)
  })

  it('is refused for rates that are not in order, and for errors of a half or more', () => {
    const given = { good: 0.95, bad: 0.9, alpha: 0.05, beta: 0.05 }
    expect(() => sequentialTest({ ...given, bad: 0.95 })).toThrow('give 0 < bad < good < 1')
    expect(() => sequentialTest({ ...given, good: 1 })).toThrow('give 0 < bad < good < 1')
    expect(() => sequentialTest({ ...given, alpha: 0.5 })).toThrow('Twice alpha is 1')
    expect(() => sequentialTest({ ...given, beta: Number.NaN })).toThrow('Twice beta is NaN')
    expect(() => sequentialDecision(test, 3, 2)).toThrow('Successes are 3 of 2 trials')
  })
})

describe('the exact course of a sequential test', () => {
  it('is that of all paths of up to 16 trials, walked one by one', () => {
    const quick = sequentialTest({ good: 0.8, bad: 0.4, alpha: 0.2, beta: 0.15 })
    const limit = 16
    for (const rate of [0.3, 0.6, 0.8]) {
      const ended = { accept: 0, reject: 0, continue: 0, trials: 0 }
      for (let path = 0; path < 1 << limit; path++) {
        let chance = 1
        for (let trial = 0; trial < limit; trial++) {
          chance *= (path >> trial) & 1 ? rate : 1 - rate
        }
        let [seen, trial, decision] = [0, 0, 'continue' as ReturnType<typeof sequentialDecision>]
        while (trial < limit && decision === 'continue') {
          seen += (path >> trial) & 1
          trial++
          decision = sequentialDecision(quick, seen, trial)
        }
        ended[decision] += chance
        ended.trials += trial * chance
      }
      const found = sequentialCourse(quick, rate, limit)
      expect(found.accepted).toBeCloseTo(ended.accept, 10)
      expect(found.rejected).toBeCloseTo(ended.reject, 10)
      expect(found.undecided).toBeCloseTo(ended.continue, 10)
      expect(found.meanTrials).toBeCloseTo(ended.trials, 9)
    }
  })

  it('stays near the errors that were asked for, and a little above the trials that Wald expects', () => {
    const atGood = sequentialCourse(test, 0.95, 5_000)
    const atBad = sequentialCourse(test, 0.9, 5_000)
    expect(atGood.rejected).toBeLessThan(0.05)
    expect(atBad.accepted).toBeLessThan(0.05)
    expect(atGood.undecided).toBeLessThan(1e-9)
    expect(atGood.meanTrials).toBeGreaterThan(expectedTrials(test).atGood)
    expect(atGood.meanTrials).toBeLessThan(1.15 * expectedTrials(test).atGood)
    expect(atBad.meanTrials).toBeGreaterThan(expectedTrials(test).atBad)
    expect(atBad.meanTrials).toBeLessThan(1.15 * expectedTrials(test).atBad)
  })

  it('loses nothing: every run is accepted, rejected or undecided', () => {
    const errors = fc.double({ min: 0.01, max: 0.4, noNaN: true })
    fc.assert(
      fc.property(errors, errors, fc.double({ min: 0, max: 1, noNaN: true }), (alpha, beta, rate) => {
        const course = sequentialCourse(sequentialTest({ good: 0.9, bad: 0.7, alpha, beta }), rate, 60)
        expect(course.accepted + course.rejected + course.undecided).toBeCloseTo(1, 10)
      }),
      { numRuns: 30 },
    )
    expect(() => sequentialCourse(test, 1.2, 10)).toThrow('The rate is 1.2')
    expect(() => sequentialCourse(test, 0.9, 0)).toThrow('The limit is 0')
  })
})

import type { EvidencedAccuracy } from '../../contract/accuracy.ts'
import { clopperPearson } from '../../statistics/clopper-pearson.ts'
import { defineProperty } from '../define-property.ts'
import { inSeconds } from '../virtual-time.ts'
import { declaredAccuracy } from './declared-accuracy.ts'

/** Agents round what they print; more than this is another interval. */
const tolerance = 0.0005

/** A2: a declared share shows its evidence, and the evidence adds up. */
export const accuracyEvidence = defineProperty<Record<string, never>>({
  id: 'A2',
  name: 'accuracy.evidence',
  kind: 'safety',
  statement:
    'Each declared share comes with its method, stratum, trials, successes and interval; the interval is the two-sided 95 % Clopper–Pearson interval of those counts, to half a thousandth, and the share lies in it.',
  applies: 'where the profile declares `accuracy`.',
  outlivesProcess: true,
  start: ({ profile }) => (profile.accuracy === undefined ? null : {}),
  on: {
    'task.ended': (_state, { outcome, id, at }, judge) => {
      const declared = declaredAccuracy(outcome)
      if (declared === null || declared.value === null) return
      judge.trigger()
      const problem = declared.evidence === null ? 'without any evidence' : problemOf(declared.evidence)
      if (problem === null) return
      judge.violate({
        sentence: `task "${id}" was answered at ${inSeconds(at)} with the declared accuracy ${declared.value} ${problem}`,
        at,
        calls: [],
      })
    },
  },
})

function problemOf({ value, trials, successes, interval }: EvidencedAccuracy): string | null {
  if (trials === 0) return 'on no trials at all'
  if (successes > trials) return `on ${successes} successes in ${trials} trials, which cannot be`
  const [lower, upper] = clopperPearson(successes, trials)
  const [low, high] = interval
  if (Math.abs(low - lower) > tolerance || Math.abs(high - upper) > tolerance) {
    return `and the interval ${low} to ${high}, but ${successes} successes in ${trials} trials give ${lower.toFixed(4)} to ${upper.toFixed(4)}`
  }
  return value < low || value > high ? `outside its own interval ${low} to ${high}` : null
}

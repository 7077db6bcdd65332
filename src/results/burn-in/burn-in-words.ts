import { percent, percentRange } from '../percent.ts'
import { grouped, quantity } from '../quantity.ts'
import { type Outcome, outcomes } from './burnt-gate.ts'
import type { CountedGood } from './burnt-gate.ts'
import type { Firming } from './firm-trials.ts'
import type { OutcomeCounts, Steadied } from './steadiness.ts'
import type { GateBurnIn, ScenarioBurnIn } from './summarise-burn-in.ts'

/** What was run, in one sentence. */
export function burnInTitle({ scenario, seeds, trials }: ScenarioBurnIn, seed: number | null): string {
  const drawn = seed === null ? '' : `, seeds drawn from ${seed}`
  return `Burn-in of "${scenario}": ${quantity(seeds.length, 'run')} of ${quantity(trials, 'trial')} under each condition${drawn}`
}

/** What became of a gate over all runs, each sentence without its full stop. */
export function gateBurnInSentences(gate: GateBurnIn): string[] {
  return [
    steadinessWords(gate),
    ...workedOutWords(gate),
    ...(gate.firming === null ? [] : [firmingWords(gate.firming)]),
  ]
}

/** How often each outcome was seen, and what follows of other runs. */
export function steadinessWords({ counts, failureRate, otherwise, steadiness }: Steadied): string {
  const runs = runsOf(counts)
  const usual = outcomes.find((outcome) => counts[outcome] === runs)
  if (usual !== undefined) {
    return `${usual} in all ${quantity(runs, 'run')} of the same agent: ${percentRange(otherwise)} of runs come out otherwise, at 95 %`
  }
  const seen = outcomes
    .filter((outcome) => counts[outcome] > 0)
    .map((outcome) => `${outcome} in ${grouped(counts[outcome])}`)
  const luck = steadiness === 'nearly firm' ? 'luck rarely decides' : 'luck decides'
  return `${seen.join(', ')} of ${quantity(runs, 'run')} of the same agent, so ${luck}: ${percentRange(otherwise)} of runs come out otherwise than most, and ${percentRange(failureRate)} fail, at 95 %`
}

function runsOf(counts: OutcomeCounts): number {
  return outcomes.reduce((sum: number, outcome: Outcome) => sum + counts[outcome], 0)
}

function workedOutWords({ workedOut, shares }: GateBurnIn): string[] {
  if (workedOut === null) return []
  const { passed, failed, undecided } = workedOut
  const lowest = shares.reduce<CountedGood | null>(
    (low, share) => (low === null || share.good / share.of < low.good / low.of ? share : low),
    null,
  )
  if (lowest === null) return []
  const { task, good, of } = lowest
  const rate = `${percent(good / of)} over all runs (${grouped(good)} of ${grouped(of)})`
  const from = task === null ? `the rate of ${rate}` : `the rates of all tasks, the lowest "${task}" with ${rate}`
  return [
    `worked out from ${from}: passes with ${percent(passed)}, fails with ${percent(failed)}, stays undecided with ${percent(undecided)}`,
  ]
}

function firmingWords(firming: Firming): string {
  switch (firming.kind) {
    case 'trials':
      return `about ${quantity(firming.trials, 'trial')} under each condition make it firm: the right outcome in 99 of 100 runs`
    case 'enough':
      return 'by what is worked out there are trials enough, and one run of a hundred comes out otherwise: burn in with more runs'
    case 'on its level':
      return 'all runs together cannot tell the agent from the level, so no number of trials is known to make it firm: mend the agent, or set another level'
    case 'too many':
      return 'no number of trials that anybody makes tells the agent from the level: mend the agent, or set another level'
    case 'count':
      return 'a count of few repeats stays one, however many trials are made: count more repeats, or leave out `of` to judge by an interval'
  }
}

import { rateWords, underCondition } from '../condition-words.ts'
import type { MeasureResult } from '../measure-schema.ts'
import { quantity } from '../quantity.ts'
import type { Answer } from './answer.ts'

const question = 'Does the governance layer catch violations during chaos?'

/** Answered by the trials into which policy violations were injected. */
export function governanceAnswer(measure: MeasureResult | null): Answer {
  if (measure === null) return { question, verdict: 'unknown', text: 'Nothing was measured.' }
  const attacked = measure.conditions.filter(({ tally }) => tally.attacks.injected > 0)
  if (attacked.length === 0) {
    return { question, verdict: 'unknown', text: 'Not known: no measured condition injects policy violations.' }
  }
  const judged = attacked.filter(({ measures }) => (measures.violationDetection?.of ?? 0) > 0)
  const isMissed = attacked.some(({ tally }) => tally.attacks.trials.missed > 0)
  const words = attacked.map(({ name, tally, measures }) => {
    const { injected, trials } = tally.attacks
    const unjudged = trials.unjudged > 0 ? `; ${quantity(trials.unjudged, 'more trial')} could not be judged` : ''
    const seen =
      measures.violationDetection === null ? 'nothing' : rateWords(measures.violationDetection, 'attacked trial')
    return `${quantity(injected, 'violation')} injected ${underCondition(name)}, and none got through in ${seen}${unjudged}.`
  })
  const verdict = isMissed ? 'no' : judged.length === 0 ? 'unknown' : 'yes'
  const lead = { no: 'Not all of them:', yes: 'Yes:', unknown: 'Not known:' }[verdict]
  return { question, verdict, text: [lead, ...words].join(' ') }
}

import { rateWords, underCondition } from './condition-words.ts'
import { exactPercent, percent } from './percent.ts'
import { grouped, quantity } from './quantity.ts'
import type { SloSuggestion, SuggestedLimit, SuggestedTarget } from './suggest-slo.ts'

/** A suggestion in lines of plain text, with the reason for each figure. */
export function suggestionText({ runs, repeated, targets, limits }: SloSuggestion): string {
  const left = repeated === 0 ? '' : `; ${grouped(repeated)} left out, having run the same trials as another`
  const pooled = `Targets that the evidence supports, from ${quantity(runs, 'run')}${left}:`
  return [pooled, '', ...targets.map(targetLine), ...limits.map(limitLine), '', advice].join('\n')
}

const advice =
  'A target above current performance would be missed by the agent as it is: raise the target after the agent is better, not before. Between the two figures, more trials decide.'

function targetLine({ scenario, condition, metric, seen, target, missedAbove }: SuggestedTarget): string {
  const above =
    missedAbove >= 1 ? 'these runs would miss none' : `these runs would miss any above ${percent(missedAbove)}`
  return `- ${scenario}, ${underCondition(condition)}: ${metric} at least ${exactPercent(target)}; ${above}. Seen: ${rateWords(seen, 'event')}.`
}

function limitLine({ scenario, condition, measure, mean, atMost, missedBelow }: SuggestedLimit): string {
  return `- ${scenario}, ${underCondition(condition)}: ${measure} at most ${atMost} on average; these runs would miss any limit below ${missedBelow.toFixed(2)}. Seen: ${mean.toFixed(2)} on average.`
}

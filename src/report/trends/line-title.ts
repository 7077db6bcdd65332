import { underCondition } from '../../results/condition-words.ts'
import { exactPercent } from '../../results/percent.ts'
import type { TrendLine } from '../../results/trends/trends.ts'
import { metricWords, objectiveWords } from '../measure/objective-words.ts'

/** What a trend is one of, as a phrase: `task success at least 95 %, under tool failures`. */
export function lineTitle({ of, condition, currency }: TrendLine): string {
  if ('objective' in of) return `${objectiveWords(of.objective, currency)}, ${underCondition(condition)}`
  const { metric, value, stratum, version } = of.declared
  const kind = stratum === null ? '' : ` of ${stratum}`
  return `${metricWords[metric]}${kind} declared ${exactPercent(value)} in ${version}, ${underCondition(condition)}`
}

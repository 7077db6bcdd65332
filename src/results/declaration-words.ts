import type { DeclaredCheck } from '../objectives/judge-declaration.ts'
import type { AccuracyDeclaration } from '../objectives/accuracy-declaration.ts'
import { rateWords, underCondition } from './condition-words.ts'
import { exactPercent } from './percent.ts'
import { quantity } from './quantity.ts'

/** What is declared, what was seen and what follows, in one sentence without its full stop. */
export function declarationSentence({ minimumTrials }: AccuracyDeclaration, check: DeclaredCheck): string {
  const { metric, value, stratum, condition, observed, verdict } = check
  const of = stratum === null ? '' : ` of "${stratum}"`
  const where = condition === null ? '' : ` ${underCondition(condition)}`
  const declared = `${metric}${of} of at least ${exactPercent(value)} is declared${where}`
  if (observed === null || verdict === 'unmeasured') return `${declared}, and nothing in this run measures it`
  const seen = rateWords(observed, metric === 'violation_detection' ? 'attacked trial' : 'task')
  if (verdict === 'no claim') {
    return `${declared}: ${seen}, which is fewer than the ${quantity(minimumTrials, 'trial')} it asks for, so nothing is claimed`
  }
  return `${declared}: ${seen}, so it is ${verdict}`
}

import type { DeclaredCheck } from '../objectives/judge-declaration.ts'
import type { Metric } from '../objectives/metric.ts'
import type { AccuracyDeclaration } from '../objectives/accuracy-declaration.ts'
import { rateWords, underCondition } from './condition-words.ts'
import { exactPercent } from './percent.ts'
import { quantity } from './quantity.ts'

/** What one observation of a metric is called. */
const observations: Readonly<Record<Metric, string>> = {
  task_success: 'task',
  timeout_free: 'task',
  violation_detection: 'attacked trial',
  availability: 'task',
  correctness: 'answer',
  safety: 'trial',
  hallucination_free: 'checkable answer',
}

/** What is declared, what was seen and what follows, in one sentence without its full stop. */
export function declarationSentence({ minimumTrials }: AccuracyDeclaration, check: DeclaredCheck): string {
  const { metric, value, stratum, condition, observed, verdict } = check
  const of = stratum === null ? '' : ` of "${stratum}"`
  const where = condition === null ? '' : ` ${underCondition(condition)}`
  const declared = `${metric}${of} of at least ${exactPercent(value)} is declared${where}`
  if (observed === null || verdict === 'unmeasured') return `${declared}, and nothing in this run measures it`
  const seen = rateWords(observed, observations[metric])
  if (verdict === 'no claim') {
    return `${declared}: ${seen}, which is fewer than the ${quantity(minimumTrials, 'trial')} it asks for, so nothing is claimed`
  }
  return `${declared}: ${seen}, so it is ${verdict}`
}

/** What a declaration rests on, in a phrase. */
export function evidenceWords(declaration: AccuracyDeclaration): string {
  if (declaration.format === 'shakedown-accuracy-declaration/1') return 'none, it is a claim'
  const { scenario, seed, trials, commit, shakedown } = declaration.measured
  return `"${scenario}", ${quantity(trials, 'trial')} under each condition, seed ${seed}, ${commitWords(commit)}, Shakedown ${shakedown}`
}

/** A commit as readers recognise it: `commit 0123456789ab`. */
export function commitWords(commit: string | null): string {
  if (commit === null) return 'commit unknown'
  const [hash = '', dirty] = commit.split('-')
  return `commit ${hash.slice(0, 12)}${dirty === undefined ? '' : ' with uncommitted changes'}`
}

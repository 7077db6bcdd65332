import type { DeclarationCheck, MeasureResult, ObjectiveResult } from '../../results/measure-schema.ts'
import { exactPercent } from '../percent.ts'
import { metricWords, objectiveWords } from './objective-words.ts'
import { ratePhrase } from './rate-text.ts'

/** How a promise came out, for every rendering: never by colour alone. */
export type PromiseOutcome = 'kept' | 'broken' | 'open'

/** Something that an agent or its team promised in numbers: a declared value, or an objective. */
export interface MeasuredPromise {
  readonly kind: 'declaration' | 'objective'
  /** What is promised, under which condition, as a phrase. */
  readonly title: string
  /** The verdict's own word: `upheld`, `refuted`, `met`, `missed`, … */
  readonly word: string
  readonly outcome: PromiseOutcome
  readonly sign: string
  /** What was seen, as a phrase with its interval where the results hold one, and else a sentence. */
  readonly seen: string
  /** The whole matter in one sentence. */
  readonly sentence: string
}

const outcomes: Readonly<Record<DeclarationCheck['verdict'] | ObjectiveResult['verdict'], PromiseOutcome>> = {
  upheld: 'kept',
  met: 'kept',
  refuted: 'broken',
  missed: 'broken',
  unmeasured: 'broken',
  inconclusive: 'open',
  'no claim': 'open',
}

const signs: Readonly<Record<PromiseOutcome, string>> = { kept: '✓', broken: '✕', open: '?' }

const gravity: readonly PromiseOutcome[] = ['broken', 'open', 'kept']

/** Declared values and objectives of a measure, the broken ones first; none without a measure. */
export function measuredPromises(measure: MeasureResult | null): MeasuredPromise[] {
  const declared = (measure?.declaration?.checks ?? []).map(declaredPromise)
  const objectives = (measure?.objectives ?? []).map(objectivePromise)
  return [...declared, ...objectives].toSorted((a, b) => gravity.indexOf(a.outcome) - gravity.indexOf(b.outcome))
}

/** What the promises came to, counted: `2 upheld, 1 refuted`. */
export function countPromises(promises: readonly MeasuredPromise[]): string {
  return [...Map.groupBy(promises, ({ word }) => word)].map(([word, ofWord]) => `${ofWord.length} ${word}`).join(', ')
}

function declaredPromise({
  metric,
  value,
  stratum,
  condition,
  verdict,
  observed,
  sentence,
}: DeclarationCheck): MeasuredPromise {
  const of = stratum === null ? '' : ` of ${stratum}`
  const under = condition === null ? '' : `, ${underCondition(condition)}`
  return {
    kind: 'declaration',
    title: `${metricWords[metric]}${of} declared ${exactPercent(value)}${under}`,
    seen: observed === null ? 'not measured' : `seen ${ratePhrase(observed, 'exact')}`,
    sentence,
    ...looks(verdict),
  }
}

function objectivePromise({ objective, condition, verdict, sentence }: ObjectiveResult): MeasuredPromise {
  const title = `${objectiveWords(objective)}, ${underCondition(condition)}`
  return { kind: 'objective', title, seen: sentence, sentence, ...looks(verdict) }
}

function looks(word: keyof typeof outcomes): Pick<MeasuredPromise, 'word' | 'outcome' | 'sign'> {
  const outcome = outcomes[word]
  return { word, outcome, sign: signs[outcome] }
}

function underCondition(name: string): string {
  return name === 'without faults' ? name : `under ${name}`
}

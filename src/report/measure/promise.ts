import { underCondition } from '../../results/condition-words.ts'
import { declarationResults } from '../../results/declaration-result.ts'
import type { RepeatGateResult } from '../../results/gate-schema.ts'
import { repeatGateWords } from '../../results/repeat-gate-results.ts'
import type { DeclarationCheck, MeasureResult, ObjectiveResult } from '../../results/measure-schema.ts'
import { exactPercent } from '../../results/percent.ts'
import type { ScenarioResult } from '../../results/results-schema.ts'
import { metricWords, objectiveWords, seenFor } from './objective-words.ts'
import { ratePhrase } from './rate-text.ts'

/** How a promise came out, for every rendering, never by colour alone; `held`: not met, and in quarantine. */
export type PromiseOutcome = 'kept' | 'broken' | 'open' | 'held'

/** Something that an agent or its team promised in numbers: a declared value, or an objective. */
export interface MeasuredPromise {
  readonly kind: 'declaration' | 'objective' | 'gate'
  /** What is promised, under which condition, as a phrase. */
  readonly title: string
  /** The verdict's own word: `upheld`, `refuted`, `met`, `missed`, … */
  readonly word: string
  readonly outcome: PromiseOutcome
  readonly sign: string
  /** What was seen, as a phrase with its interval. */
  readonly seen: string
  /** What was promised, what was seen and what follows, in one sentence without its full stop. */
  readonly sentence: string
}

type PromiseVerdict = DeclarationCheck['verdict'] | ObjectiveResult['verdict']

const outcomes: Readonly<Record<PromiseVerdict, PromiseOutcome>> = {
  upheld: 'kept',
  met: 'kept',
  refuted: 'broken',
  missed: 'broken',
  unmeasured: 'broken',
  inconclusive: 'open',
  'no claim': 'open',
}

const signs: Readonly<Record<PromiseOutcome, string>> = { kept: '✓', broken: '✕', open: '?', held: '–' }

const gravity: readonly PromiseOutcome[] = ['broken', 'open', 'held', 'kept']

/** Declared values and objectives of a scenario, the broken ones first; none without a measure. */
export function measuredPromises(scenario: Pick<ScenarioResult, 'measure' | 'inForce'>): MeasuredPromise[] {
  const { measure } = scenario
  const declared = declarationResults(scenario).flatMap(({ checks }) => checks.map(declaredPromise))
  const objectives = (measure?.objectives ?? []).map((each) => objectivePromise(each, measure))
  const gates = (measure?.repeatGates ?? []).map(gatePromise)
  return [...declared, ...objectives, ...gates].toSorted(
    (a, b) => gravity.indexOf(a.outcome) - gravity.indexOf(b.outcome),
  )
}

/** What the promises came to, counted: `2 upheld, 1 refuted`. */
export function countPromises(promises: readonly Pick<MeasuredPromise, 'word'>[]): string {
  return [...Map.groupBy(promises, ({ word }) => word)].map(([word, ofWord]) => `${ofWord.length} ${word}`).join(', ')
}

function declaredPromise(check: DeclarationCheck): MeasuredPromise {
  const { metric, value, stratum, condition, verdict, observed, sentence } = check
  const of = stratum === null ? '' : ` of ${stratum}`
  const under = condition === null ? '' : `, ${underCondition(condition)}`
  return {
    kind: 'declaration',
    title: `${metricWords[metric]}${of} declared ${exactPercent(value)}${under}`,
    seen: ratePhrase(observed),
    sentence,
    ...promiseLook(verdict),
  }
}

function objectivePromise(result: ObjectiveResult, measure: MeasureResult | null): MeasuredPromise {
  const { objective, condition, sentence } = result
  const measured = measure?.conditions.find(({ name }) => name === condition)
  const measures = measured?.gatedMeasures ?? measured?.measures ?? null
  return {
    kind: 'objective',
    title: `${objectiveWords(objective, measure?.prices?.currency)}, ${underCondition(condition)}`,
    seen: measures === null ? 'nothing counted' : seenFor(objective, measures),
    sentence,
    ...gateLook(result),
  }
}

function gatePromise(result: RepeatGateResult): MeasuredPromise {
  const { gate, condition, met, failing, undecided, sentence } = result
  const seen = [`${met} kept it`, ...(failing.length > 0 ? [`${failing.length} failed`] : [])]
  return {
    kind: 'gate',
    title: `${repeatGateWords(gate)}, ${underCondition(condition)}`,
    seen: [...seen, ...(undecided.length > 0 ? [`${undecided.length} undecided`] : [])].join(', '),
    sentence,
    ...gateLook(result),
  }
}

/** A gate in quarantine that is not met holds nothing up, and says so. */
export function gateLook({
  verdict,
  isQuarantined,
}: Pick<ObjectiveResult, 'verdict' | 'isQuarantined'>): Pick<MeasuredPromise, 'word' | 'outcome' | 'sign'> {
  if (!isQuarantined || verdict === 'met') return promiseLook(verdict)
  return { word: `${verdict}, in quarantine`, outcome: 'held', sign: signs.held }
}

/** The word, the sign and the outcome of a verdict on a declared value or an objective. */
export function promiseLook(word: PromiseVerdict): Pick<MeasuredPromise, 'word' | 'outcome' | 'sign'> {
  const outcome = outcomes[word]
  return { word, outcome, sign: signs[outcome] }
}

import type { DeclarationCheck, DeclarationResult } from '../../results/measure-schema.ts'
import { exactPercent } from '../../results/percent.ts'
import { evidenceWords } from '../../results/declaration-words.ts'
import type { Verdict } from '../../results/results-schema.ts'
import { metricWords } from '../measure/objective-words.ts'
import type { JudgedScenario } from '../scenario-verdicts.ts'
import { countPromises, promiseLook } from '../measure/promise.ts'
import { type RateText, rateText } from '../measure/rate-text.ts'
import { outcomeTones } from './outcome-tones.ts'

/** A word with the sign and the tone that go with it. */
export interface LookView {
  readonly tone: string
  readonly sign: string
  readonly word: string
}

export interface DeclarationView {
  readonly title: string
  readonly validity: LookView
  readonly facts: readonly { readonly label: string; readonly text: string }[]
  /** `11 upheld`. */
  readonly count: string
  /** Whether a value is not upheld, so that the values must not be looked for. */
  readonly isOpen: boolean
  readonly checks: readonly (LookView &
    RateText & { readonly metric: string; readonly declared: string; readonly condition: string })[]
}

type Validity = NonNullable<Verdict['scenarios'][number]['declaration']>

/** How a declaration stands by its dates on the day of the run. */
export function validityLook(validity: Validity | null): LookView {
  return validities[validity ?? 'valid']
}

const validities: Readonly<Record<Validity, LookView>> = {
  valid: { tone: 'good', sign: '✓', word: 'valid on the day of the run' },
  expired: { tone: 'bad', sign: '✕', word: 'expired on the day of the run' },
  'not yet valid': { tone: 'bad', sign: '✕', word: 'not yet valid on the day of the run' },
}

/** The declarations of a scenario, its own and the published ones, with what the measure says of each value. */
export function declarationViews({ scenario, verdict }: JudgedScenario): DeclarationView[] {
  const own = scenario.measure?.declaration ?? null
  return [
    ...(own === null ? [] : [declarationView(own, verdict.declaration)]),
    ...scenario.inForce.map((result, index) => declarationView(result, verdict.inForce[index] ?? null)),
  ]
}

function declarationView({ declaration, checks }: DeclarationResult, validity: Validity | null): DeclarationView {
  const views = checks.map(checkView)
  const { agent, version, supersedes, method, validFrom, validUntil, minimumTrials } = declaration
  return {
    title: `Accuracy declaration ${version} of ${agent}`,
    validity: validityLook(validity),
    facts: [
      { label: 'Method', text: method },
      { label: 'Valid', text: `${validFrom} to ${validUntil}` },
      { label: 'Supersedes', text: supersedes ?? 'none, it is the first' },
      { label: 'Fewest trials', text: String(minimumTrials) },
      { label: 'Evidence', text: evidenceWords(declaration) },
    ],
    count: countPromises(views),
    isOpen: views.some(({ tone }) => tone !== 'good'),
    checks: views,
  }
}

function checkView({
  metric,
  value,
  stratum,
  condition,
  verdict,
  observed,
}: DeclarationCheck): DeclarationView['checks'][number] {
  const { word, sign, outcome } = promiseLook(verdict)
  return {
    word,
    sign,
    tone: outcomeTones[outcome],
    metric: `${metricWords[metric]}${stratum === null ? '' : ` of ${stratum}`}`,
    declared: exactPercent(value),
    condition: condition ?? 'none that measures it',
    ...rateText(observed),
  }
}

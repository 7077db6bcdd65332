import { remedyOf } from '../../properties/remedies/remedy-of.ts'
import { propertyFamily } from '../property-family.ts'
import type { ReportCase } from '../cases/report-case.ts'
import { shortened } from '../shortened.ts'
import { visibleLine } from '../visible-text.ts'
import { sarifText } from './sarif-text.ts'

/** A `reportingDescriptor`: what was asked, whatever came of it. */
export interface SarifRule {
  readonly id: string
  readonly name: string
  readonly shortDescription: { readonly text: string }
  readonly fullDescription: { readonly text: string }
  readonly help: { readonly text: string }
  readonly defaultConfiguration: { readonly level: 'error' }
  readonly properties: { readonly tags: readonly string[] }
}

/** What helps with anything that is no property of the catalogue. */
const generalHelp = 'The message says what happened, its smallest cause, and the command that replays it.'

/** Letters that an identifier may take. */
const mostLetters = 200

/** The rules that cases speak of, each once, in the order in which they first come. */
export function sarifRules(cases: readonly ReportCase[]): SarifRule[] {
  const rules = cases.map((each): [string, SarifRule] => [ruleId(each), ruleOf(each)])
  // The first of several with one identifier stands: a map keeps the last.
  return [...new Map(rules.toReversed()).values()].toReversed()
}

/** The identifier of the rule of a case: without spaces, and the same in every run. */
export function ruleId({ rule }: Pick<ReportCase, 'rule'>): string {
  return shortened(visibleLine(rule), mostLetters).replace(/\s+/g, '-') || 'unnamed'
}

function ruleOf(each: ReportCase): SarifRule {
  const id = ruleId(each)
  const { key, title } = propertyFamily(each.rule)
  // The name of a property follows its ID; what is no property has a name for every scenario.
  const own = each.name.startsWith(`${each.rule} `) ? each.name.slice(each.rule.length + 1) : each.rule
  const text = sarifText(each.statement) || id
  return {
    id,
    name: sarifText(shortened(own, mostLetters)) || id,
    shortDescription: { text },
    fullDescription: { text },
    help: { text: sarifText(remedyOf(own) ?? '') || generalHelp },
    defaultConfiguration: { level: 'error' },
    properties: { tags: ['reliability', ...(key === '' ? [] : [title])] },
  }
}

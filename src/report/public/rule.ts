import type { Pseudonyms } from './pseudonyms.ts'

/** What a text of the full results becomes. */
export type TextChoice = (text: string, names: Pseudonyms) => string

/** What becomes of one place of the results in the public edition. There is no rule for "whatever it holds". */
export type Rule =
  /** It holds numbers, truth values and words of closed lists alone; a test refuses it anywhere else. */
  | { readonly kind: 'keep' }
  /** The field is absent. */
  | { readonly kind: 'omit' }
  /** Something else stands there, whatever stood there before. */
  | { readonly kind: 'instead'; readonly value: null | string | readonly [] | Readonly<Record<string, never>> }
  /** A text for each text; null stays null. */
  | { readonly kind: 'text'; readonly choose: TextChoice }
  | { readonly kind: 'list'; readonly of: Rule }
  /** A table with free keys. */
  | { readonly kind: 'table'; readonly key: TextChoice; readonly of: Rule }
  /** An object, field by field: what is not named here is left out. */
  | { readonly kind: 'fields'; readonly fields: Fields }

export type Fields = Readonly<Record<string, Rule>>

export const keep: Rule = { kind: 'keep' }
export const omit: Rule = { kind: 'omit' }

export function instead(value: Extract<Rule, { kind: 'instead' }>['value']): Rule {
  return { kind: 'instead', value }
}

export function text(choose: TextChoice): Rule {
  return { kind: 'text', choose }
}

export function list(of: Rule): Rule {
  return { kind: 'list', of }
}

export function table(key: TextChoice, of: Rule = keep): Rule {
  return { kind: 'table', key, of }
}

export function fields(named: Fields): Rule {
  return { kind: 'fields', fields: named }
}

/** Fields that are kept as they are, by name. */
export function kept(...names: readonly string[]): Fields {
  return Object.fromEntries(names.map((name) => [name, keep]))
}

import { nothing } from '../choices.ts'
import { type Rule, fields, kept, list, text } from '../rule.ts'

/** That a run could not be trusted, and where; what was seen may quote anything. */
export const problemsRule: Rule = list(fields({ ...kept('kind', 'trial'), sentence: text(nothing) }))

import { conditionName } from '../choices.ts'
import { type Rule, fields, kept, text } from '../rule.ts'

/** A level that is asked for, whichever it is. */
export const objectiveRule: Rule = fields({
  ...kept('measure', 'atLeast', 'atMost', 'p99Ms', 'percent', 'withinMs', 'turns'),
  under: text(conditionName),
})

/** A level that every single task is asked for. */
export const gateRule: Rule = fields({ ...kept('gate', 'atLeast', 'of', 'k'), under: text(conditionName) })

/** Whichever of the two. */
export const anyGateRule: Rule = fields({
  ...kept('measure', 'atLeast', 'atMost', 'p99Ms', 'percent', 'withinMs', 'turns', 'gate', 'of', 'k'),
  under: text(conditionName),
})

import type { BreakerInput, Completion } from './breaker-input.ts'
import { BreakerRun } from './breaker-run.ts'
import type { BreakerRules } from './breaker-rules.ts'

/** So many calls that ended at one instant are tried in every order; of more, nothing certain can be said. */
const mostTied = 4

/**
 * Explains inputs once more, this time with calls that ended at one instant in any order.
 *
 * The order of the trace is tried first, elsewhere: it mostly is the order in which the agent heard of them, but
 * nothing guarantees it. The run that comes back is lost where too many calls ended at once; null says that the
 * inputs cannot be explained in any order.
 */
export function explainTies(rules: BreakerRules, inputs: readonly BreakerInput[]): BreakerRun | null {
  const run = new BreakerRun(rules)
  for (const group of groupsOf(inputs)) {
    const [first] = group
    if (!first) continue
    const completions = group.filter((input) => input.type === 'completion')
    if (completions.length < 2 || areAlike(completions)) {
      if (!group.every((input) => run.feed(input))) return null
    } else if (completions.length > mostTied) {
      run.isLost = true
    } else run.feedTogether(completions, ordersOf(completions))
    if (run.isLost) return run
  }
  return run
}

/** Calls that ended one right after the other at one instant; everything else stands alone. */
function groupsOf(inputs: readonly BreakerInput[]): readonly (readonly BreakerInput[])[] {
  const groups: BreakerInput[][] = []
  for (const input of inputs) {
    const last = groups.at(-1)
    const before = last?.at(-1)
    if (input.type === 'completion' && before?.type === 'completion' && before.at === input.at) last?.push(input)
    else groups.push([input])
  }
  return groups
}

const areAlike = (completions: readonly Completion[]): boolean =>
  completions.every(({ verdict }) => verdict === completions[0]?.verdict)

function ordersOf(completions: readonly Completion[]): readonly (readonly Completion[])[] {
  if (completions.length < 2) return [completions]
  return completions.flatMap((first) =>
    ordersOf(completions.filter((other) => other !== first)).map((rest) => [first, ...rest]),
  )
}

import { callsOf } from '../../objectives/dependencies/call-counts.ts'
import type { DependencySlo } from '../../objectives/dependencies/dependency-slo.ts'
import { judgeDependency } from '../../objectives/dependencies/judge-dependency.ts'
import type { DependencyResult } from './budget-schema.ts'
import { dependencySentence } from './budget-words.ts'
import { type DependentCondition, tasksCausedBy } from './caused-by-dependency.ts'

/** How each upstream kept what it promised, under each condition. */
export function dependencyResults(
  dependencies: readonly DependencySlo[],
  conditions: readonly DependentCondition[],
): DependencyResult[] {
  return dependencies.flatMap((dependency) =>
    conditions.map((condition) => {
      const calls = callsOf(condition.tally.upstreams, dependency.upstream)
      const { budget, isBreached } = judgeDependency(dependency, calls)
      // What to do about a spent budget is advice for an agent, not for its provider.
      const { recommendation: _sentence, action: _action, ...numbers } = budget
      const tasksExcluded = isBreached ? tasksCausedBy(condition.attribution, dependency.upstream) : 0
      const result = { dependency, condition: condition.name, calls, ...numbers, isBreached, tasksExcluded }
      return { ...result, sentence: dependencySentence(result) }
    }),
  )
}

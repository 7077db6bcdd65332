import { allTasks } from '../../objectives/condition-counts.ts'
import { noOutcomes } from '../../objectives/task-outcomes.ts'
import { objectiveWanted } from '../objective-words.ts'
import { exactPercent } from '../percent.ts'
import { quantity } from '../quantity.ts'
import { repeatGateWords } from '../repeat-gate-results.ts'
import type { ScenarioResult } from '../results-schema.ts'
import { countsOf } from '../summarise-condition.ts'
import type { Quarantine, QuarantineResult } from './quarantine-schema.ts'

/** What is in quarantine, how long, why, and what came of it, in one sentence. */
export function quarantineSentence(
  { owner, reason, expires, ...cover }: Quarantine,
  state: QuarantineResult['state'],
  scenario: ScenarioResult,
): string {
  const what = covered(cover, scenario)
  if (state === 'expired') {
    return `the quarantine of ${what} by ${owner} expired after ${expires} and holds nothing back any more: mend it or renew it (${reason})`
  }
  const terms = `${what} is in quarantine by ${owner} until ${expires} (${reason})`
  if (state === 'unneeded') return `${terms}, and nothing in this run needed it: let it out`
  return cover.task === undefined ? terms : `${terms}${seenOf(cover.task, scenario)}`
}

/** What stands in quarantine on the day of the run, counted: `1 task and 2 gates in quarantine`. */
export function countQuarantine(scenarios: readonly ScenarioResult[]): string | null {
  const inForce = scenarios.flatMap(({ quarantine }) => quarantine).filter(({ state }) => state !== 'expired')
  const count = (isOf: (each: QuarantineResult) => boolean, noun: string): string[] => {
    const of = inForce.filter(isOf).length
    return of === 0 ? [] : [quantity(of, noun)]
  }
  const counted = [
    ...count(({ scenario }) => scenario === true, 'scenario'),
    ...count(({ task }) => task !== undefined, 'task'),
    ...count(({ gate }) => gate !== undefined, 'gate'),
  ]
  return counted.length === 0 ? null : `${counted.join(' and ')} in quarantine`
}

function covered({ task, gate }: Pick<Quarantine, 'task' | 'gate'>, { measure }: ScenarioResult): string {
  if (task !== undefined) return `task "${task}"`
  if (gate === undefined) return 'the whole scenario'
  const under = gate.under === null ? '' : ` under "${gate.under}"`
  const words = 'gate' in gate ? repeatGateWords(gate) : objectiveWanted(gate, measure?.prices?.currency ?? null)
  return `the gate "${words}"${under}`
}

/** How often a task was solved, over all conditions. */
function seenOf(task: string, { measure }: ScenarioResult): string {
  const repeats = (measure?.conditions ?? []).map((condition) => {
    const { byTask } = allTasks(countsOf(condition, condition.tally))
    return (Object.hasOwn(byTask, task) ? byTask[task] : undefined) ?? noOutcomes
  })
  const solved = repeats.reduce((sum, each) => sum + each.solved, 0)
  const of = repeats.reduce((sum, each) => sum + each.solved + each.failed, 0)
  return of === 0
    ? ''
    : `: solved in ${solved} of ${quantity(of, 'repeat')} (${exactPercent(Math.round((solved / of) * 1e4) / 1e4)})`
}

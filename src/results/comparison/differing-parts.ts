import type { Fingerprint } from '../fingerprint-schema.ts'
import type { ScenarioResult } from '../results-schema.ts'
import { type ComparedDifference, type ComparedPart, comparedParts } from './comparison-schema.ts'
import { type ConditionSide, firstOtherTrial } from './paired-tasks.ts'

/** Names told of each kind of change; there may be hundreds. */
const mostNamed = 5

/** A scenario in both results, with the conditions that both measured. */
export interface ScenarioPair {
  readonly baseline: ScenarioResult
  readonly current: ScenarioResult
  readonly conditions: readonly { readonly baseline: ConditionSide; readonly current: ConditionSide }[]
}

/** Everything but the agent's behaviour in which the two differ, by what it takes to allow it. */
export function differingParts(pair: ScenarioPair, isPaired: boolean): ComparedDifference[] {
  const scenario = pair.current.name
  const [before, after] = [pair.baseline.fingerprint, pair.current.fingerprint]
  if (before === null || after === null) {
    const whose = before === null ? 'the baseline' : 'the current result'
    const sentence = `${whose} does not say what it was measured with`
    return comparedParts.map((part) => ({ scenario, part, sentence }))
  }
  const otherTasks = changes('task', byName(before.tasks, taskEntry), byName(after.tasks, taskEntry))
  const found: readonly [ComparedPart, string | null][] = [
    ['tasks', otherTasks ?? (isPaired ? otherWorkload(pair) : null)],
    ['graders', changes('grader of task', graders(before), graders(after), 'common')],
    ['prompts', before.prompts === after.prompts ? null : 'the agent sends other system prompts'],
    ['tools', changes('tool', byName(before.tools, nameEntry), byName(after.tools, nameEntry))],
    ['faults', changes('faults of condition', conditions(before), conditions(after), 'common')],
  ]
  return found.flatMap(([part, sentence]) => (sentence === null ? [] : [{ scenario, part, sentence }]))
}

type Hashes = ReadonlyMap<string, string | null>

const taskEntry = ({ id, hash }: Fingerprint['tasks'][number]): [string, string] => [id, hash]
const nameEntry = ({ name, hash }: Fingerprint['tools'][number]): [string, string] => [name, hash]

function byName<Item>(items: readonly Item[], entry: (item: Item) => [string, string]): Hashes {
  return new Map(items.map(entry))
}

function conditions({ conditions: all }: Fingerprint): Hashes {
  return new Map(all.map(nameEntry))
}

function graders({ tasks, graders: all }: Fingerprint): Hashes {
  return new Map(tasks.map(({ id }, index) => [id, all[index] ?? null]))
}

/** @param which whether what only one side has is a change, or told elsewhere */
function changes(what: string, before: Hashes, after: Hashes, which: 'all' | 'common' = 'all'): string | null {
  const changed = [...after.keys()].filter((name) => before.has(name) && before.get(name) !== after.get(name))
  const added = which === 'all' ? [...after.keys()].filter((name) => !before.has(name)) : []
  const removed = which === 'all' ? [...before.keys()].filter((name) => !after.has(name)) : []
  const parts = [
    ...(changed.length > 0 ? [`${what} ${listed(changed)} changed`] : []),
    ...(added.length > 0 ? [`${what} ${listed(added)} ${added.length === 1 ? 'is' : 'are'} new`] : []),
    ...(removed.length > 0 ? [`${what} ${listed(removed)} ${removed.length === 1 ? 'is' : 'are'} gone`] : []),
  ]
  return parts.length === 0 ? null : parts.join(', ')
}

/** The same tasks in another order or number make other trials of the same seed. */
function otherWorkload({ conditions: measured }: ScenarioPair): string | null {
  for (const { baseline, current } of measured) {
    const trial = firstOtherTrial(baseline, current)
    if (trial !== null) return `trial ${trial} runs other tasks than in the baseline`
  }
  return null
}

function listed(names: readonly string[]): string {
  const shown = names.slice(0, mostNamed).map((name) => `"${name}"`)
  return names.length > mostNamed ? `${shown.join(', ')} and ${names.length - mostNamed} more` : shown.join(', ')
}

import type { Finding } from '../results/results-schema.ts'
import { describeFault } from './describe-fault.ts'

/** Introduces the smallest plan of a finding; it ends in a colon where faults are to be listed. */
export function planIntro({ plan }: Finding): string {
  const { length } = plan.faults
  if (length === 0) return 'It happens without any fault.'
  return length === 1 ? 'One fault is enough:' : `These ${length} faults together are enough:`
}

/** Where the agent's own code made the call that proves a violation: `call 5 was made at src/agent.ts:42`; null if unknown. */
export function codeWords({ code }: Pick<Finding, 'code'>): string | null {
  return code === undefined ? null : `call ${code.call} was made at ${code.file}:${code.line}`
}

/** Calls that are named; the others are counted. */
const mostCalls = 3

/** The faults of the smallest plan in words, each with the calls that it struck in the replay, as the timeline names them. */
export function causeWords({ plan, timeline }: Pick<Finding, 'plan' | 'timeline'>): string[] {
  const struck = Map.groupBy(
    timeline.filter(({ kind, call }) => kind === 'fault' && call !== null),
    ({ text }) => Number(/^fault (\d+) strikes /.exec(text)?.[1]),
  )
  return plan.faults.map((fault, index) => {
    const calls = [...new Set((struck.get(index + 1) ?? []).map(({ call }) => call))]
    return `${describeFault(fault)}${calls.length === 0 ? '' : ` (${callList(calls)})`}`
  })
}

function callList(calls: readonly (number | null)[]): string {
  if (calls.length === 1) return `call ${calls[0]}`
  const shown = calls.slice(0, mostCalls)
  const rest = calls.length - shown.length
  return rest > 0
    ? `calls ${shown.join(', ')} and ${rest} more`
    : `calls ${shown.slice(0, -1).join(', ')} and ${shown.at(-1)}`
}

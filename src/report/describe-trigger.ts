import type { FaultTarget, Trigger } from '../contract/fault.ts'
import { exactPercent } from '../results/percent.ts'
import { exactSpan } from './span.ts'

/**
 * The calls that a trigger chooses, as the subject of a sentence in the singular: `the 2nd call of the model openai`.
 */
export function describeTrigger(trigger: Trigger, target: FaultTarget): string {
  const calls = target.name === '*' ? 'call of any ' + target.kind : `call of the ${target.kind} ${target.name}`
  switch (trigger.on) {
    case 'nth':
      return `the ${ordinal(trigger.n)} ${calls}`
    case 'every':
      return trigger.n === 1 ? `every ${calls}` : `every ${ordinal(trigger.n)} ${calls}`
    case 'rate':
      return trigger.rate === 1
        ? `every ${calls}`
        : `each ${calls}, with a probability of ${exactPercent(trigger.rate)},`
    case 'between':
      return `each ${calls} made ${trigger.fromMs > 0 ? `from ${exactSpan(trigger.fromMs)} and ` : ''}before ${exactSpan(trigger.toMs)}`
    case 'burst': {
      const last = trigger.from + trigger.length - 1
      if (last === trigger.from) return `the ${ordinal(last)} ${calls}`
      return `each ${calls} from the ${ordinal(trigger.from)} to the ${ordinal(last)}`
    }
    case 'until':
      if (trigger.n === 1) return `no ${calls}`
      if (trigger.n === 2) return `the 1st ${calls}`
      return `each ${calls} before the ${ordinal(trigger.n)}`
  }
}

/** The calls of a target at these occurrences, as the subject of a sentence in the singular. */
export function describeOccurrences(occurrences: readonly number[], { kind, name }: FaultTarget): string {
  const call = name === '*' ? `call of any ${kind}` : `call of the ${kind} ${name}`
  const ordinals = occurrences.map(ordinal)
  const last = ordinals.pop()
  return ordinals.length === 0 ? `the ${last} ${call}` : `each of the ${ordinals.join(', ')} and ${last} ${call}`
}

function ordinal(n: number): string {
  const teens = n % 100 >= 11 && n % 100 <= 13
  const ending = teens ? 'th' : (['th', 'st', 'nd', 'rd'][n % 10] ?? 'th')
  return `${n}${ending}`
}

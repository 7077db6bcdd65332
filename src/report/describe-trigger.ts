import type { FaultTarget, Trigger } from '../contract/fault.ts'
import { exactPercent } from '../results/percent.ts'
import { exactSpan } from './span.ts'
import { upstreamPhrase } from './upstream-noun.ts'

/**
 * The calls that a trigger chooses, as the subject of a sentence in the singular: `the 2nd call of the model openai`.
 *
 * @param call what one of the calls that count is called
 */
export function describeTrigger(trigger: Trigger, target: FaultTarget, call = 'call'): string {
  const calls = `${call} of ${upstreamPhrase(target.kind, target.name)}`
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
      return `each ${calls} made ${spanWords(trigger)}${chanceWords(trigger)}`
    case 'burst': {
      const last = trigger.from + trigger.length - 1
      if (last === trigger.from) return `the ${ordinal(last)} ${calls}`
      return `each ${calls} from the ${ordinal(trigger.from)} to the ${ordinal(last)}`
    }
    case 'until':
      if (trigger.n === 1) return `no ${calls}`
      if (trigger.n === 2) return `the 1st ${calls}`
      return `each ${calls} before the ${ordinal(trigger.n)}`
    case 'cycle':
      return trigger.strikes === 1
        ? `every ${ordinal(trigger.spares + 1)} ${calls} from the 1st`
        : `each of the first ${trigger.strikes} of every ${trigger.strikes + trigger.spares} ${call}s of ${upstreamPhrase(target.kind, target.name)}`
  }
}

type Between = Extract<Trigger, { on: 'between' }>

function spanWords({ fromMs, toMs }: Between): string {
  return `${fromMs > 0 ? `from ${exactSpan(fromMs)} and ` : ''}before ${exactSpan(toMs)}`
}

function chanceWords({ rate = 1 }: Between): string {
  return rate === 1 ? '' : `, with a probability of ${exactPercent(rate)},`
}

/** The calls of a target at these occurrences, as the subject of a sentence in the singular. */
export function describeOccurrences(occurrences: readonly number[], target: FaultTarget, noun = 'call'): string {
  const call = `${noun} of ${upstreamPhrase(target.kind, target.name)}`
  const ordinals = occurrences.map(ordinal)
  const last = ordinals.pop()
  return ordinals.length === 0 ? `the ${last} ${call}` : `each of the ${ordinals.join(', ')} and ${last} ${call}`
}

function ordinal(n: number): string {
  const teens = n % 100 >= 11 && n % 100 <= 13
  const ending = teens ? 'th' : (['th', 'st', 'nd', 'rd'][n % 10] ?? 'th')
  return `${n}${ending}`
}

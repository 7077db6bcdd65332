import type { Trigger } from '../contract/fault.ts'

/** What a trigger looks at. */
export interface Occasion {
  /** Ordinal of the call among those that reach the fault's target, from 1. */
  readonly occurrence: number
  /** Virtual milliseconds since the start of the trial. */
  readonly nowMs: number
  /** A number in [0, 1) drawn for this occurrence alone. */
  readonly draw: () => number
}

/** Whether a fault fires on an occasion. */
export function fires(trigger: Trigger, { occurrence, nowMs, draw }: Occasion): boolean {
  switch (trigger.on) {
    case 'nth':
      return occurrence === trigger.n
    case 'every':
      return occurrence % trigger.n === 0
    case 'rate':
      return draw() < trigger.rate
    case 'between':
      return trigger.fromMs <= nowMs && nowMs < trigger.toMs && (trigger.rate === undefined || draw() < trigger.rate)
    case 'burst':
      return trigger.from <= occurrence && occurrence < trigger.from + trigger.length
    case 'until':
      return occurrence < trigger.n
    case 'cycle':
      return (occurrence - 1) % (trigger.strikes + trigger.spares) < trigger.strikes
  }
}

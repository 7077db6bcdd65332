import { isDeepStrictEqual } from 'node:util'
import { objectiveWords } from '../gate-words.ts'
import type { Quarantine } from '../quarantine/quarantine-schema.ts'
import { repeatGateWords } from '../repeat-gate-results.ts'
import { type Check, checking } from './check.ts'
import { type Today, lastDayCheck } from './last-day-check.ts'

/** What is known of a scenario whose quarantines are looked at. */
export interface QuarantiningScenario {
  readonly name: string
  readonly quarantine: readonly Quarantine[]
  /** Those that the latest whole run did not need. */
  readonly unneeded: readonly Quarantine[]
}

/** Whether quarantines still hold and are of any use. */
export function quarantineChecks({ name, quarantine, unneeded }: QuarantiningScenario, when: Today): Check[] {
  return quarantine.map((each) => {
    const { owner, expires } = each
    const check = checking('quarantine', `of ${covered(each)} of "${name}"`)
    const remedy = `let ${owner} mend it or renew the quarantine`
    const found = lastDayCheck(check, { what: 'it', expires, gone: 'and holds nothing back any more', remedy }, when)
    return found.state === 'ok' && unneeded.some((one) => isDeepStrictEqual(one, each))
      ? check.warning('nothing in the latest run needed it', 'let it out')
      : found
  })
}

function covered({ task, gate }: Quarantine): string {
  if (task !== undefined) return `task "${task}"`
  if (gate === undefined) return 'all'
  return `the gate "${'gate' in gate ? repeatGateWords(gate) : objectiveWords(gate)}"`
}

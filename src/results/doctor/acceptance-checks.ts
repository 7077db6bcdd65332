import type { AcceptedFinding } from '../results-schema.ts'
import { type Check, checking } from './check.ts'
import { type Today, lastDayCheck } from './last-day-check.ts'

/** What is known of a scenario whose acceptances are looked at. */
export interface AcceptingScenario {
  readonly name: string
  readonly accepted: readonly AcceptedFinding[]
  /** IDs of the properties that it is judged by. */
  readonly properties: readonly string[]
  /** Properties whose acceptances the latest whole run did not use. */
  readonly unused: readonly string[]
}

/** Whether acceptances still hold and are of any use. */
export function acceptanceChecks({ name, accepted, properties, unused }: AcceptingScenario, when: Today): Check[] {
  return accepted.map(({ property, owner, expires }) => {
    const check = checking('acceptance', `${property} of "${name}"`)
    if (!properties.includes(property)) {
      return check.warning('the scenario is not judged by this property, so that it accepts nothing', 'remove it')
    }
    const remedy = `let ${owner} mend the agent or renew it`
    const found = lastDayCheck(check, { what: 'it', expires, gone: 'and the finding gates again', remedy }, when)
    return found.state === 'ok' && unused.includes(property)
      ? check.warning('the latest run had no such finding', 'remove it if the agent was mended')
      : found
  })
}

import type { AccuracyDeclaration } from '../../objectives/accuracy-declaration.ts'
import { declarationValidity } from '../../objectives/declaration-validity.ts'
import { type Check, checking } from './check.ts'
import { type Today, lastDayCheck } from './last-day-check.ts'

/** Whether a declaration holds by its dates, and for how long. One that does not makes every run inconclusive. */
export function validityCheck(
  { agent, version, validFrom, validUntil: expires }: AccuracyDeclaration,
  where: string,
  when: Today,
): Check {
  const check = checking('declaration', where)
  const what = `version ${version} of "${agent}"`
  const validity = declarationValidity({ validFrom, validUntil: expires }, when.today)
  if (validity === 'not yet valid') {
    return check.problem(`${what} is not valid before ${validFrom}, and every run is inconclusive`, 'check its dates')
  }
  const gone = 'and every run is inconclusive since'
  const found = lastDayCheck(check, { what, expires, gone, remedy: 'measure again and declare a new version' }, when)
  return validity === 'expired' ? { ...found, state: 'problem' } : found
}

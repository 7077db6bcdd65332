import type { Fault } from '../contract/fault.ts'
import type { Budget } from './catalogue-member.ts'
import { catalogueMember } from './catalogue.ts'

/**
 * On whose error budget a failure that a fault causes is booked.
 *
 * @throws {ShakedownError} of kind `usage` where the catalogue has no such fault
 */
export function bookedOn({ id, target }: Fault): Budget {
  const { bookedOn: budget } = catalogueMember(id)
  if (budget !== 'target') return budget
  return target.kind === 'model' ? 'provider' : 'tool'
}

import type { JsonObject } from '../../contract/json.ts'
import { type AnyMember, type CatalogueMember, defineMember } from '../catalogue-member.ts'

/** A member that makes a wrong one of a model's reply, under the status of a right one. */
export function wrongReply<Parameters extends JsonObject>(
  member: Omit<CatalogueMember<Parameters>, 'family' | 'targets' | 'bookedOn'>,
): AnyMember {
  return defineMember({ ...member, family: 'wrong replies', targets: ['model'], bookedOn: 'provider' })
}

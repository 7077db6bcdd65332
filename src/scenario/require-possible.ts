import { usageError } from '../contract/errors.ts'
import type { Fault } from '../contract/fault.ts'
import { type AnyMember, fits } from '../faults/catalogue-member.ts'
import { catalogue, catalogueMember } from '../faults/catalogue.ts'
import type { Upstream } from '../wire/upstream.ts'
import { missedBy } from './possible-faults.ts'

/**
 * Refuses faults given one by one of which one can strike nothing that it is aimed at.
 *
 * A search drops such faults from what it chooses among; whoever names one wants it to strike.
 *
 * @param place e.g. `scenario "support": the search`
 * @throws {ShakedownError} of kind `usage` naming the fault, what it is aimed at, and what to aim instead
 */
export function requirePossible(faults: readonly Fault[], upstreams: readonly Upstream[], place: string): void {
  for (const [index, fault] of faults.entries()) {
    const missed = missedBy(fault, upstreams)
    if (missed.length > 0) {
      throw usageError(
        'IMPOSSIBLE_FAULT',
        `${place}: fault ${index + 1}, "${fault.id}", would never strike: it is aimed at ${missed.map(described).join(', and at ')}; ${remedy(catalogueMember(fault.id), missed)}.`,
      )
    }
  }
}

function described({ kind, name, dialect, seam = 'http' }: Upstream): string {
  const words = dialect === undefined ? '' : `, which speaks ${dialect}`
  return `the ${kind} "${name}"${seam === 'http' ? words : `, which is reached over a ${seam}`}`
}

/** What to name instead: at most three of the family, those first that are spelt in a dialect as it is. */
function remedy(member: AnyMember, missed: readonly Upstream[]): string {
  const others = catalogue
    .filter(({ family, targets }) => family === member.family && missed.every(({ kind }) => targets.includes(kind)))
    .filter((other) => missed.every((upstream) => fits(other, upstream)))
    .toSorted((one, other) => Number(other.dialects !== undefined) - Number(one.dialects !== undefined))
    .slice(0, 3)
    .map(({ id }) => `"${id}"`)
  const { dialects = [] } = member
  const spoken = dialects.length === 0 ? '' : ` that speaks ${listed(dialects)}`
  const instead = others.length === 0 ? '' : `name another of the ${member.family}, such as ${listed(others)}, or `
  return `${instead}aim it at an upstream${spoken}`
}

const listed = (ids: readonly string[]): string =>
  [ids.slice(0, -1).join(', '), ids.at(-1)].filter((part) => part !== '').join(' or ')

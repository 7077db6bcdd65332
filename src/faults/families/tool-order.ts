import * as fc from 'fast-check'
import { z } from 'zod'
import type { UpstreamCall } from '../../wire/interference.ts'
import { anyFunction } from '../../wire/seam.ts'
import { type AnyMember, defineMember } from '../catalogue-member.ts'
import { isPlain } from './value-parts.ts'

/** Work of tools that is half done, or done out of turn. */
export const toolOrderMembers: readonly AnyMember[] = [
  defineMember({
    id: 'tool.overtaken',
    family: 'tool failures',
    targets: ['tool'],
    seams: ['http', 'function'],
    bookedOn: 'tool',
    summary: 'the answer is held back by holdMs, so that those to calls made after it come first',
    source: 'concurrent calls of one reply are answered in any order',
    parameters: z.strictObject({ holdMs: z.int().min(1).max(60_000).default(2_000).describe('milliseconds') }),
    arbitrary: fc.record({ holdMs: fc.constantFrom(500, 2_000, 5_000) }),
    strike: (_call, { holdMs }) => ({ delayMs: holdMs }),
  }),
  defineMember({
    id: 'tool.partial_success',
    family: 'tool failures',
    targets: ['tool'],
    seams: anyFunction,
    bookedOn: 'tool',
    summary: 'of a list of things to do the function gets, and does, only the first three in five, and reports success',
    source: 'agent-chaos; batch writes that stop in the middle',
    parameters: z.strictObject({}),
    arbitrary: fc.constant({}),
    strike(call) {
      const receiving = withLessToDo(call)
      return receiving === null ? null : { local: { receiving } }
    },
  }),
]

/** The arguments with a shorter list, where they hold one of two or more. */
function withLessToDo({ view: { parsed } }: UpstreamCall): readonly unknown[] | null {
  if (!Array.isArray(parsed)) return null
  const args: readonly unknown[] = parsed
  const shorter = args.map((arg) => shortened(arg) ?? withShorterField(arg))
  const place = shorter.findIndex((arg) => arg !== null)
  return place < 0 ? null : args.map((arg, index) => (index === place ? shorter[index] : arg))
}

function withShorterField(arg: unknown): unknown {
  if (!isPlain(arg)) return null
  const found = Object.entries(arg).find(([, field]) => shortened(field) !== null)
  return found === undefined ? null : { ...arg, [found[0]]: shortened(found[1]) }
}

function shortened(list: unknown): readonly unknown[] | null {
  if (!Array.isArray(list) || list.length < 2) return null
  const items: readonly unknown[] = list
  return items.slice(0, Math.min(list.length - 1, Math.ceil(list.length * 0.6)))
}

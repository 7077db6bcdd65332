import * as fc from 'fast-check'
import { z } from 'zod'
import { type LocalAnswer, isReturned } from '../../wire/functions/local-answer.ts'
import type { UpstreamCall } from '../../wire/interference.ts'
import { type Reply, jsonReply } from '../../wire/reply.ts'
import { anyFunction } from '../../wire/seam.ts'
import { type AnyMember, defineMember } from '../catalogue-member.ts'
import { isOfFunction } from './at-function.ts'
import { type Saying, bodyWithLessToDo, doingLess, sayingParameters, withLessToDo } from './less-to-do.ts'

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
    needs: 'what is received',
    family: 'tool failures',
    targets: ['tool'],
    seams: ['http', ...anyFunction],
    bookedOn: 'tool',
    summary:
      'of a list of things to do the tool gets, and does, only the first three in five, and reports success, or an error of all',
    source: 'agent-chaos; batch writes that stop in the middle',
    parameters: sayingParameters,
    arbitrary: fc.record({ says: fc.constantFrom<Saying[]>('success', 'error') }),
    strike(call, { says }) {
      if (!isOfFunction(call)) return doingLess(bodyWithLessToDo(call.request), says, internalError)
      const receiving = argumentsWithLessToDo(call)
      const failing = { afterwards: (answer: LocalAnswer) => (isReturned(answer) ? thrownError() : answer) }
      return receiving === null ? null : { local: { receiving, ...(says === 'error' ? failing : {}) } }
    },
  }),
]

const internalError = (): Reply => jsonReply(500, { error: 'internal error' })

const thrownError = (): LocalAnswer => ({ thrown: new Error('internal error') })

/** The arguments with a shorter list, where they hold one of two or more. */
function argumentsWithLessToDo({ view: { parsed } }: UpstreamCall): readonly unknown[] | null {
  if (!Array.isArray(parsed)) return null
  const args: readonly unknown[] = parsed
  const shorter = args.map(withLessToDo)
  const place = shorter.findIndex((arg) => arg !== null)
  return place < 0 ? null : args.map((arg, index) => (index === place ? shorter[index] : arg))
}

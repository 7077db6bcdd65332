import * as fc from 'fast-check'
import { z } from 'zod'
import { upstreamKinds } from '../../contract/upstream-kind.ts'
import { type LocalAnswer, isReturned } from '../../wire/functions/local-answer.ts'
import { type AnyMember, defineMember } from '../catalogue-member.ts'

const common = {
  family: 'function failures',
  targets: upstreamKinds.filter((kind) => kind !== 'model'),
  bookedOn: 'target',
} as const

const none = z.strictObject({})
const wrappers = 'wrappers that inject faults into tool functions (strands, balagan, agent-chaos)'
const failure = 'the function failed'
const nonErrors = ['a string', 'an object', 'nothing'] as const

/** What functions in the agent's own process do that no back end behind HTTP can. */
export const functionFailureMembers: readonly AnyMember[] = [
  defineMember({
    ...common,
    id: 'function.rejects',
    seams: ['function'],
    summary: 'the promise of the function rejects with an Error, and the function has done nothing',
    source: wrappers,
    parameters: none,
    arbitrary: fc.constant({}),
    strike: () => ({ local: { instead: () => ({ thrown: new Error(failure) }) } }),
  }),
  defineMember({
    ...common,
    id: 'function.throws',
    seams: ['function', 'synchronous function'],
    summary:
      'the function throws an Error before there is a promise: a handler that was chained to the promise never runs',
    source: wrappers,
    parameters: none,
    arbitrary: fc.constant({}),
    strike: () => ({ local: { instead: () => ({ thrown: new Error(failure), atOnce: true }) } }),
  }),
  defineMember({
    ...common,
    id: 'function.throws_non_error',
    seams: ['function', 'synchronous function'],
    summary: 'the function throws what is no Error: a string, an object, undefined',
    source: 'ECMAScript: any value can be thrown; handlers that read the message of it throw in their turn',
    parameters: z.strictObject({ what: z.enum(nonErrors).default('a string').describe('what is thrown') }),
    arbitrary: fc.record({ what: fc.constantFrom(...nonErrors) }),
    strike: (_call, { what }) => ({ local: { instead: () => ({ thrown: nonError(what) }) } }),
  }),
  defineMember({
    ...common,
    id: 'function.hangs',
    seams: ['function'],
    summary: 'the promise of the function never settles, unless the caller aborts the call',
    source: wrappers,
    parameters: none,
    arbitrary: fc.constant({}),
    strike: () => ({ local: { instead: () => ({ silence: true }) } }),
  }),
  defineMember({
    ...common,
    id: 'function.late_success',
    seams: ['function'],
    summary: 'the function does its work and resolves much later, whether its caller has given up or not',
    source: 'field experience with timeouts that race a promise: the loser resolves as well',
    parameters: z.strictObject({
      lateMs: z.int().min(1).max(3_600_000).default(30_000).describe('milliseconds after the work'),
    }),
    arbitrary: fc.record({ lateMs: fc.constantFrom(5_000, 30_000, 120_000) }),
    strike: (_call, { lateMs }) => ({ mayMiss: true, local: { afterwards: (answer) => later(answer, lateMs) } }),
  }),
]

function nonError(what: (typeof nonErrors)[number]): unknown {
  if (what === 'nothing') return undefined
  return what === 'a string' ? failure : { reason: failure }
}

function later(answer: LocalAnswer, lateMs: number): LocalAnswer {
  return isReturned(answer) ? { ...answer, lateMs } : answer
}

import * as fc from 'fast-check'
import { z } from 'zod'
import type { TransportFailure } from '../../wire/reply.ts'
import { type AnyMember, defineMember } from '../catalogue-member.ts'

const targets = ['model', 'tool', 'mcp'] as const
const none = z.strictObject({})

/** Milliseconds after which Node's fetch gives up connecting: undici's `connectTimeout`. */
const connectTimeoutMs = 10_000

const reset: TransportFailure = { failure: 'ECONNRESET', message: 'read ECONNRESET' }

/** What breaks below HTTP, before an answer has begun. */
export const transportMembers: readonly AnyMember[] = [
  defineMember({
    id: 'net.refused',
    family: 'transport',
    targets,
    bookedOn: 'target',
    summary: 'the connection is refused: nothing was sent',
    source: 'measured with Node fetch: TypeError "fetch failed", cause ECONNREFUSED',
    parameters: none,
    arbitrary: fc.constant({}),
    strike: () => ({ instead: () => ({ failure: 'ECONNREFUSED', message: 'connect ECONNREFUSED' }) }),
  }),
  defineMember({
    id: 'net.reset',
    family: 'transport',
    targets,
    bookedOn: 'target',
    summary: 'the connection is reset before the answer, with the work done or not',
    source: 'measured with Node fetch: TypeError "fetch failed", cause ECONNRESET',
    parameters: z.strictObject({
      isWorkDone: z.boolean().default(false).describe('whether the service acted before the connection broke'),
    }),
    arbitrary: fc.record({ isWorkDone: fc.boolean() }),
    strike: (_call, { isWorkDone }) => (isWorkDone ? { afterwards: () => reset } : { instead: () => reset }),
  }),
  defineMember({
    id: 'net.close',
    family: 'transport',
    targets,
    bookedOn: 'target',
    summary: 'the connection is closed without an answer: nobody knows what was done',
    source: 'measured with Node fetch: TypeError "fetch failed", cause UND_ERR_SOCKET "other side closed"',
    parameters: none,
    arbitrary: fc.constant({}),
    strike: () => ({ instead: () => ({ failure: 'UND_ERR_SOCKET', message: 'other side closed' }) }),
  }),
  defineMember({
    id: 'net.hang.headers',
    family: 'transport',
    targets,
    bookedOn: 'target',
    summary: 'the connection is accepted and never answered; only a timeout of the caller ends it',
    source: 'measured with Node fetch; earendil-works/pi#8331',
    parameters: none,
    arbitrary: fc.constant({}),
    strike: () => ({ instead: () => ({ silence: true }) }),
  }),
  defineMember({
    id: 'net.hang.connect',
    family: 'transport',
    targets,
    bookedOn: 'target',
    summary: `no connection comes about, and the client gives up after its ${connectTimeoutMs / 1000} s: nothing was sent`,
    source: "undici's connect timeout, 10 s by default: cause UND_ERR_CONNECT_TIMEOUT",
    parameters: none,
    arbitrary: fc.constant({}),
    strike: ({ upstream }) => ({
      // The time of an undisturbed call passes as well.
      delayMs: Math.max(0, connectTimeoutMs - upstream.latencyMs),
      instead: () => ({ failure: 'UND_ERR_CONNECT_TIMEOUT', message: 'Connect Timeout Error' }),
    }),
  }),
]
